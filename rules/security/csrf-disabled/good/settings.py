ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["django.contrib.sessions", "orders"]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "shop.middleware.CsrfForForms",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
CSRF_TRUSTED_ORIGINS = ["https://*.example.com"]
