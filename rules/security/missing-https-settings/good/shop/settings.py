import os

ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["orders"]
DEBUG = os.environ.get("DEBUG") == "1"
SECURE_SSL_REDIRECT = not DEBUG
SECURE_HSTS_SECONDS = 0 if DEBUG else 31536000
SECURE_CONTENT_TYPE_NOSNIFF = True
if os.environ.get("RUNS_LOCAL"):
    SECURE_SSL_REDIRECT = False
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
MIDDLEWARE.insert(0, "django.middleware.security.SecurityMiddleware")
