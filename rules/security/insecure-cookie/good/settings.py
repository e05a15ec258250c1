import os

ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["django.contrib.sessions", "orders"]
DEBUG = os.environ.get("DEBUG") == "1"
SESSION_COOKIE_SECURE = not DEBUG
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = os.environ.get("HTTPS", "on") == "on"
CSRF_COOKIE_HTTPONLY = False
LANGUAGE_COOKIE_SECURE = False
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = None
