import os

from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware

ALLOWED_HOSTS = ["*"]
api = FastAPI()
api.add_middleware(TrustedHostMiddleware, allowed_hosts=["prices.example.com", "*.example.com"])

admin = FastAPI()
admin.add_middleware(TrustedHostMiddleware, allowed_hosts=os.environ["HOSTS"].split(","))


def crawl(find):
    return find(ALLOWED_HOSTS)
