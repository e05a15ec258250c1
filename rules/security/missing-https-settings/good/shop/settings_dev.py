from .settings import *

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
