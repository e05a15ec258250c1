DATABASES = {"default": {"ENGINE": "django.db.backends.mysql", "NAME": "clinic"}}
REST_FRAMEWORK = {"DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.CursorPagination"}
