ROOT_URLCONF = "shop.partners"
INSTALLED_APPS = ["django.contrib.sessions", "partners"]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "csp.middleware.CSPMiddleware",
]
CSP_FRAME_ANCESTORS = ["'self'", "https://partner.example.com"]
X_FRAME_OPTIONS = "ALLOWALL"
