import hashlib
import hmac
import os

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from flask import Flask, jsonify, request
from flask_wtf.csrf import CSRFProtect
from rest_framework.authentication import SessionAuthentication

KEY = os.environ["WEBHOOK_KEY"].encode()


def create_app(testing=False):
    shop = Flask(__name__)
    CSRFProtect(shop)
    if testing:
        shop.config["WTF_CSRF_ENABLED"] = False
    return shop


class TestingConfig:
    TESTING = True
    WTF_CSRF_ENABLED = False


@csrf_exempt
def payment_hook(request):
    expected = hmac.new(KEY, request.body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, request.headers.get("X-Signature", "")):
        return HttpResponseForbidden()
    request.session["paid"] = True
    return HttpResponse(status=204)


@csrf_exempt
def api_order(request):
    if request.headers.get("Authorization") != f"Bearer {os.environ['API_TOKEN']}":
        return HttpResponseForbidden()
    place_order(request.user, request.POST["item"])
    return HttpResponse(status=201)


@csrf_exempt
def report_error(request):
    store(request.POST.get("message", ""))
    return HttpResponse(status=204)


@csrf_exempt
@login_required
def profile(request):
    return render(request, "profile.html", {"name": request.user.first_name})


class StrictSession(SessionAuthentication):
    def enforce_csrf(self, request):
        return super().enforce_csrf(request)


class Robot:
    def enforce_csrf(self, request):
        pass
