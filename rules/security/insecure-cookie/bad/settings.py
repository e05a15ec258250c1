import os

ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["django.contrib.sessions", "orders"]
DEBUG = os.environ.get("DEBUG") == "1"
SESSION_COOKIE_SECURE = False  # finding: `SESSION_COOKIE_SECURE = True`
SESSION_COOKIE_HTTPONLY = False  # finding: any script on the page
CSRF_COOKIE_SECURE = False  # finding: over plain HTTP too
SESSION_COOKIE_SAMESITE = None  # finding: goes along with requests that other sites make
