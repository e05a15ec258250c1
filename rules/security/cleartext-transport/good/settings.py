import os

ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["orders"]
EMAIL_HOST = "mail.example.com"
EMAIL_HOST_PASSWORD = os.environ["MAIL_PASSWORD"]
EMAIL_USE_TLS = False
EMAIL_USE_SSL = True
