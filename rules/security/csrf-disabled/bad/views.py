import tornado.web
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from flask import Flask, redirect, request
from flask_login import current_user, login_required as members_only
from flask_wtf.csrf import CSRFProtect
from rest_framework.authentication import SessionAuthentication

shop = Flask(__name__)
shop.config["WTF_CSRF_ENABLED"] = False  # finding: `WTF_CSRF_ENABLED` off
csrf = CSRFProtect(shop)


@csrf_exempt  # finding: `change_address`
@login_required
def change_address(request):
    request.user.address = request.POST["address"]
    request.user.save()
    return HttpResponse("changed")


@method_decorator(csrf_exempt, name="dispatch")  # finding: `Transfer`
class Transfer(View):
    def post(self, request):
        transfer(request.user, request.POST["to"])
        return JsonResponse({"ok": True})


@shop.post("/password")
@csrf.exempt  # finding: remove the exemption
@members_only
def password():
    current_user.set_password(request.form["password"])
    return redirect("/")


class QuietSession(SessionAuthentication):
    def enforce_csrf(self, request):  # finding: checks nothing
        return None


class Vote(tornado.web.RequestHandler):
    def check_xsrf_cookie(self):  # finding: `Vote.check_xsrf_cookie`
        pass
