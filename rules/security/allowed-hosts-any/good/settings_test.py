from settings import *

DEBUG = False
ALLOWED_HOSTS = ["*"]
