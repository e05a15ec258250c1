ROOT_URLCONF = "shop.public"
INSTALLED_APPS = ["corsheaders", "catalogue"]
CORS_ALLOW_ALL_ORIGINS = True
