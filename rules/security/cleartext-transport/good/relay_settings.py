ROOT_URLCONF = "shop.relay"
INSTALLED_APPS = ["orders"]
EMAIL_HOST = "localhost"
EMAIL_USE_TLS = False
