import os

ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["django.contrib.sessions", "orders"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
MIDDLEWARE += ["django.middleware.clickjacking.XFrameOptionsMiddleware"]
X_FRAME_OPTIONS = os.environ.get("X_FRAME_OPTIONS", "DENY")
