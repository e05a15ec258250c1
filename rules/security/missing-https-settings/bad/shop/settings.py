import os

from .https import *

DEBUG = False
ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["django.contrib.staticfiles", "orders"]
STRICT = False
if not DEBUG:
    SECURE_CONTENT_TYPE_NOSNIFF = STRICT  # finding: take an upload for a script
SECRET_KEY = os.environ["SECRET_KEY"]
