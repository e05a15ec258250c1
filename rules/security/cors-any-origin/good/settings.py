ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["corsheaders", "orders"]
CORS_ALLOW_CREDENTIALS = True
CORS_ALLOWED_ORIGINS = ["https://app.example.com"]
CORS_ALLOWED_ORIGIN_REGEXES = [r"^https://\w+\.example\.com$"]
