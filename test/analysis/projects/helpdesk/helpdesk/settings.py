import os

INSTALLED_APPS = ["django.contrib.contenttypes", "rest_framework", "tickets", "accounts"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("DB_NAME", "helpdesk"),
    }
}
AUTH_USER_MODEL = "accounts.User"
REST_FRAMEWORK = {"DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination", "PAGE_SIZE": 50}
