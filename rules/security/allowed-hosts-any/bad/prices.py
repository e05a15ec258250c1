from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

api = FastAPI()
api.add_middleware(TrustedHostMiddleware, allowed_hosts=["*"])  # finding: guards nothing

guards = [
    Middleware(TrustedHostMiddleware, allowed_hosts=("*",)),  # finding: every Host header
]
site = Starlette(routes=[], middleware=guards)
