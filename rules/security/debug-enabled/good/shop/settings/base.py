import os

DEBUG = os.environ.get("DEBUG", "") == "1"
ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["django.contrib.sessions", "orders"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
if os.environ.get("ENVIRONMENT") == "development":
    DEBUG = True
