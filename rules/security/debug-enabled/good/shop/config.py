import os


class Config:
    DEBUG = True
    SECRET_KEY = os.environ["SECRET_KEY"]


class ProductionConfig(Config):
    DEBUG = False


class DevelopmentConfig(Config):
    SESSION_COOKIE_SECURE = False


class TestingConfig(Config):
    TESTING = True
    WTF_CSRF_ENABLED = False
