from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.clickjacking import xframe_options_exempt
from flask import Flask, make_response, render_template

shop = Flask(__name__)


@login_required
@xframe_options_exempt  # finding: taken out of the protection
def close_account(request):
    return render(request, "close.html")


@method_decorator(xframe_options_exempt, name="dispatch")  # finding: name the sites
class Transfer(View):
    def get(self, request):
        return render(request, "transfer.html")


def address(request):
    response = render(request, "address.html")
    response["X-Frame-Options"] = "ALLOWALL"  # finding: send `DENY`
    return response


def password(request):
    response = HttpResponse("change it")
    response.xframe_options_exempt = True  # finding: remove the exemption
    return response


@shop.get("/orders")
def orders():
    response = make_response(render_template("orders.html"))
    response.headers["X-Frame-Options"] = "ALLOW-FROM *"  # finding: no protection
    return response
