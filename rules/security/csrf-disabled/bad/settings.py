ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["django.contrib.sessions", "orders"]
MIDDLEWARE = [  # finding: `CsrfViewMiddleware`
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
CSRF_TRUSTED_ORIGINS = ["https://*"]  # finding: every site
