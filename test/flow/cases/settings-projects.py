# Settings, keys and cookies as whole projects write them: split files, fallbacks, flags from the environment.


# === django settings, production only
# --- proj/settings/production.py
from .base import *
DEBUG = True  # finding: debug-enabled
SESSION_COOKIE_SECURE = False  # finding: insecure-cookie
CSRF_COOKIE_SECURE = False  # finding: insecure-cookie
ALLOWED_HOSTS = ["*"]  # finding: allowed-hosts-any

# --- proj/settings/base.py
INSTALLED_APPS = ["x"]
MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware", "django.middleware.clickjacking.XFrameOptionsMiddleware"]


# === flags from the environment, and a default that is refused
# --- library/settings.py
from environs import Env
env = Env()
INSTALLED_APPS = ["x"]
DEBUG = env.bool("DEBUG", True)
USE_HTTPS = env.bool("USE_HTTPS", not DEBUG)
SECRET_KEY = env("SECRET_KEY")
if not DEBUG and SECRET_KEY == "m4#kd82;qpz!01vb^xw7-tr9(nc3_lh6)sf5+yj@ge":
    raise ValueError("change it")
SESSION_COOKIE_SECURE = USE_HTTPS
CSRF_COOKIE_SECURE = USE_HTTPS
SECURE_SSL_REDIRECT = USE_HTTPS
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["*"])


# === a default of the environment, and cookies by a condition
# --- assistant/settings.py
import os
INSTALLED_APPS = ["x"]
ASSISTANT_DOMAIN = os.getenv("ASSISTANT_DOMAIN", "assistant.dev")
SECRET_KEY = os.getenv("ASSISTANT_DJANGO_SECRET_KEY", "!secret")  # finding: hardcoded-secret
DEBUG = os.getenv("ASSISTANT_DEBUG", "False").lower() in ["true", "on"]
ALLOWED_HOSTS = [f".{ASSISTANT_DOMAIN}", "localhost"]
is_https = os.getenv("ASSISTANT_NO_HTTPS") is None
if is_https:
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
else:
    SESSION_COOKIE_SECURE = False
    CSRF_COOKIE_SECURE = False
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "HOST": os.getenv("POSTGRES_HOST", "localhost"), "USER": "postgres", "PASSWORD": os.getenv("POSTGRES_PASSWORD", "postgres")}}


# === a literal that stands in for a missing key
# --- boards/settings/__init__.py
import os
from .helpers import parse_boolean
SECRET_KEY = os.environ.get("BOARDS_COOKIE_SECRET", "f47b1c09e8d2a6537fb40d1e9c82a35b")  # finding: hardcoded-secret
DATASOURCE_SECRET_KEY = os.environ.get("BOARDS_SECRET_KEY", SECRET_KEY)
ENFORCE_HTTPS = parse_boolean(os.environ.get("BOARDS_ENFORCE_HTTPS", "false"))
SESSION_COOKIE_SECURE = parse_boolean(os.environ.get("BOARDS_SESSION_COOKIE_SECURE") or str(ENFORCE_HTTPS))
MAIL_PASSWORD = os.environ.get("BOARDS_MAIL_PASSWORD", None)

# --- boards/settings/helpers.py


def parse_boolean(s):
    return s.strip().lower() in ("yes", "true", "on", "1")


# === a default that says it must be changed
# --- charts/config.py
import os
CHANGE_ME_SECRET_KEY = "CHANGE_ME_TO_A_COMPLEX_RANDOM_SECRET"
SECRET_KEY = os.environ.get("CHARTS_SECRET_KEY") or CHANGE_ME_SECRET_KEY
WTF_CSRF_ENABLED = True
TALISMAN_ENABLED = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = False  # finding: insecure-cookie
SQLALCHEMY_DATABASE_URI = "sqlite:///superset.db"


# === a key in a file, and a class for tests
# --- contest/config.py
import os
import configparser


class ServerConfig:
    SECRET_KEY: str = os.environ.get("SECRET_KEY") or open(".contest_secret_key").read()
    SESSION_COOKIE_HTTPONLY: bool = True
    SESSION_COOKIE_SAMESITE: str = "Lax"
    REDIS_PASSWORD: str = os.environ.get("REDIS_PASSWORD", "")
    MAIL_PASSWORD: str = ""


class TestingConfig(ServerConfig):
    SECRET_KEY = "AAAAAAAAAAAAAAAAAAAA"
    DEBUG = True


# === a token with an expiry, and a key in a file
# --- recipes/security.py
import secrets
from datetime import datetime, timedelta, timezone
from pathlib import Path
import jwt
from passlib.context import CryptContext
from recipes.settings import settings
ALGORITHM = "HS256"


def determine_secret(data_dir: Path, production: bool) -> str:
    if not production:
        return "shh-secret-test-key"
    secrets_file = data_dir / ".secret"
    if secrets_file.is_file():
        return secrets_file.read_text()
    new = secrets.token_hex(32)
    secrets_file.write_text(new)
    return new


def create_access_token(data: dict, expires_delta: timedelta | None = None) -> str:
    to_encode = data.copy()
    to_encode["exp"] = datetime.now(timezone.utc) + (expires_delta or timedelta(hours=2))
    return jwt.encode(to_encode, settings.SECRET, algorithm=ALGORITHM)


# === jwt without expiry, literal secret in a module constant
# --- app/auth.py
import jwt
from fastapi import Depends
SECRET_KEY = "7b1f40c2a99e5d83c6610f27be45d8a3f2096c7e14b85da0c3f7e92166ad4b58"  # finding: hardcoded-secret
ALGORITHM = "HS256"


def create(data):
    return jwt.encode(data, SECRET_KEY, algorithm=ALGORITHM)  # finding: jwt-misuse


def read(token):
    return jwt.decode(token, SECRET_KEY, algorithms=[ALGORITHM])


# === cookies whose flags come from the environment
import os
from fastapi import FastAPI, Response
CHAT_SECRET_KEY = os.environ.get("CHAT_SECRET_KEY", os.environ.get("CHAT_JWT_SECRET_KEY", "t0p-s3cr3t"))  # finding: hardcoded-secret
CHAT_AUTH_COOKIE_SAME_SITE = os.environ.get("CHAT_AUTH_COOKIE_SAME_SITE", "lax")
CHAT_AUTH_COOKIE_SECURE = os.environ.get("CHAT_AUTH_COOKIE_SECURE", "false").lower() == "true"
CORS_ALLOW_ORIGIN = os.environ.get("CORS_ALLOW_ORIGIN", "*").split(";")
app = FastAPI()


@app.post("/signin")
def signin(response: Response, token: str):
    response.set_cookie(key="token", value=token, httponly=True, samesite=CHAT_AUTH_COOKIE_SAME_SITE, secure=CHAT_AUTH_COOKIE_SECURE)
    return {}


@app.post("/signin2")
def signin2(response: Response, token: str):
    response.set_cookie(key="token", value=token)  # finding: insecure-cookie
    return {}


# === cors wildcard by env split with credentials
import os
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
app = FastAPI()
origins = ["http://localhost:3000", "https://app.example.com"]
app.add_middleware(CORSMiddleware, allow_origins=origins, allow_credentials=True, allow_methods=["*"], allow_headers=["*"])
public = FastAPI()
public.add_middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET"])
bad = FastAPI()
wild = ["*"]
bad.add_middleware(CORSMiddleware, allow_origins=wild, allow_credentials=True)  # finding: cors-any-origin


# === tls in a client class through a default
import os
import ssl
import httpx
import requests
import urllib3
from elasticsearch import Elasticsearch


class Client:
    def __init__(self, base, verify=False):
        self.session = requests.Session()
        self.session.verify = verify
        self.base = base

    def get(self):
        return self.session.get(self.base, timeout=4)


def bad():
    urllib3.disable_warnings()
    es = Elasticsearch("https://es:9200", verify_certs=False)  # finding: tls-verification-disabled
    return es, httpx.Client(verify=False)  # finding: tls-verification-disabled


def configurable(verify: bool = True):
    return requests.get("https://a.example", verify=verify, timeout=3)


def env():
    return requests.get("https://a.example", verify=os.environ.get("VERIFY", "1") == "1", timeout=3)


def old():
    return ssl.SSLContext(ssl.PROTOCOL_TLSv1)  # finding: tls-verification-disabled


def new():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


# === binding
import uvicorn
from fastapi import FastAPI
app = FastAPI()

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=8000)


# === csrf settings of DRF
from rest_framework.authentication import SessionAuthentication
from rest_framework.views import APIView
from rest_framework.response import Response


class CsrfExemptSessionAuthentication(SessionAuthentication):
    def enforce_csrf(self, request):  # finding: csrf-disabled
        return


class Transfer(APIView):
    authentication_classes = [CsrfExemptSessionAuthentication]

    def post(self, request):
        return Response({})


# === token auth exempt
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.http import JsonResponse
from app.models import ApiToken


@method_decorator(csrf_exempt, name="dispatch")
class Api(View):
    def post(self, request):
        key = request.headers.get("Authorization", "").removeprefix("Bearer ")
        token = ApiToken.objects.filter(key=key).first()
        if token is None:
            return JsonResponse({}, status=401)
        return JsonResponse({"ok": True})


# === session auth exempt class
from django.contrib.auth.mixins import LoginRequiredMixin
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.http import JsonResponse


@method_decorator(csrf_exempt, name="dispatch")  # finding: csrf-disabled
class Profile(LoginRequiredMixin, View):
    def post(self, request):
        request.user.name = request.POST["name"]
        request.user.save()
        return JsonResponse({"ok": True})


# === hashes, uuids and ids that are no secrets
API_VERSION_HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
PUBLIC_KEY = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEx4UbaDzY5xjW6hc9jwN0mX33XpTD"
TENANT_ID = "72f988bf-86f1-41af-91ab-2d7cd011db47"
client_id = "3f2a9c1e8b7d4056a1c2e3f405162738"
MODEL_TOKEN_LIMITS = {"gpt-4o": 128000}
PAD_TOKEN = "<|endoftext|>"
SEP_TOKEN = "[SEP]"
KEYBOARD = "qwertyuiopasdfghjkl"
PASSWORD_RESET_TIMEOUT = 259200
PASSWORD_VALIDATOR = "django.contrib.auth.password_validation.MinimumLengthValidator"
SECRET_SCOPES = "read:secrets write:secrets"
token_endpoint = "oauth2/v2.0/token"
API_KEY_PREFIX = "sk-or-"
DEFAULT_KEY = "organization_default_key"


# === sessions and tasks that are kept as pickles, and as JSON
# --- library/settings.py
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.sessions"]
SESSION_SERIALIZER = "django.contrib.sessions.serializers.PickleSerializer"  # finding: unsafe-deserialization
CELERY_ACCEPT_CONTENT = ["json", "pickle"]  # finding: unsafe-deserialization
CELERY_TASK_SERIALIZER = "json"

# --- branch/settings.py
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.sessions"]
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
CELERY_ACCEPT_CONTENT = ["json"]
