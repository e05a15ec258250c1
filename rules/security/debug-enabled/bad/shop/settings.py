import os

DEBUG = os.environ.get("DEBUG", True)  # finding: even if it says `False`
ALLOWED_HOSTS = ["shop.example.com"]
INSTALLED_APPS = ["django.contrib.admin", "django.contrib.sessions", "orders"]
ROOT_URLCONF = "shop.urls"
SECRET_KEY = os.environ["SECRET_KEY"]
