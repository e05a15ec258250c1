ROOT_URLCONF = "shop.partners"
SECURE_HSTS_SECONDS = 31536000
INSTALLED_APPS = ["partners"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]  # finding: has no effect without
