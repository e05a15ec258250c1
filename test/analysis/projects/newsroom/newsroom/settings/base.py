import environ

env = environ.Env()
DATABASES = {"default": env.db("DATABASE_URL")}
INSTALLED_APPS = ["articles"]
CELERY_BROKER_URL = env("REDIS_URL")
