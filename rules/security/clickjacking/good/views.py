from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_deny, xframe_options_exempt
from flask import Flask, make_response, render_template

shop = Flask(__name__)
HEADERS = {}
HEADERS["X-Frame-Options"] = "ALLOWALL"


@xframe_options_exempt
def price_widget(request):
    return render(request, "price.html")


@xframe_options_exempt
def map_for_partners(request):
    response = render(request, "map.html")
    response["Content-Security-Policy"] = "frame-ancestors https://partner.example.com"
    return response


@xframe_options_deny
def close_account(request):
    return render(request, "close.html")


@shop.get("/orders")
def orders():
    response = make_response(render_template("orders.html"))
    response.headers["X-Frame-Options"] = "sameorigin"
    response.headers["X-Title"] = "ALLOWALL"
    return response
