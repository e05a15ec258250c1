ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["django.contrib.sessions", "orders"]
MIDDLEWARE = [  # finding: every page
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
