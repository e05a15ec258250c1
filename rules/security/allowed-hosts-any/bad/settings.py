import os

DEBUG = False
SECRET_KEY = os.environ["SECRET_KEY"]
HOSTS = ["shop.example.com", "*"]
ALLOWED_HOSTS = HOSTS  # finding: name your hosts
INSTALLED_APPS = ["django.contrib.sessions", "orders"]
ROOT_URLCONF = "shop.urls"
