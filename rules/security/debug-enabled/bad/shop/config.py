import os


class Config:
    DEBUG = True
    SECRET_KEY = os.environ["SECRET_KEY"]


class ProductionConfig(Config):
    DEBUG = True  # finding: `flask run --debug`
    SESSION_COOKIE_SECURE = True


class DevelopmentConfig(Config):
    SESSION_COOKIE_SECURE = False
