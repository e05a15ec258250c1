ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["corsheaders", "orders"]
CORS_ALLOW_CREDENTIALS = True
CORS_ALLOW_ALL_ORIGINS = True  # finding: `CORS_ALLOWED_ORIGINS`
CORS_ALLOWED_ORIGIN_REGEXES = [r"^https://.*$"]  # finding: fits every origin
