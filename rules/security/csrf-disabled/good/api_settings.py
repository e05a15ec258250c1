from settings import MIDDLEWARE as all_middleware

ROOT_URLCONF = "shop.api"
INSTALLED_APPS = ["rest_framework", "orders"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.TokenAuthentication"],
}
