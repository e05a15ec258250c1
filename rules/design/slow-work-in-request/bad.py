import time

import requests
from celery import Celery
from django.core.mail import send_mail
from django.http import HttpResponse
from django.urls import path
from weasyprint import HTML

tasks = Celery("shop")


@tasks.task
def rebuild_index():
    """Rebuilt at night."""


def place_order(request):
    send_mail("Thank you", "Your order is on its way.", None, [request.user.email])  # finding: make it a task
    return HttpResponse("ordered")


def invoice(request, number):
    pdf = HTML(string=f"<h1>Invoice {int(number)}</h1>").write_pdf()  # finding: makes a PDF while the visitor waits
    return HttpResponse(pdf, content_type="application/pdf")


def ship(request):
    requests.post("https://parcels.example.org/hook", json={"state": "shipped"}, timeout=5)  # finding: tells another host
    return HttpResponse("shipped")


def stock(request):
    for _ in range(5):
        answer = requests.get("https://stock.example.org/level", timeout=5)
        if answer.ok:
            break
        time.sleep(2)  # finding: in a loop keeps a worker
    return HttpResponse(str(answer.ok))


urlpatterns = [
    path("order/", place_order),
    path("invoice/<int:number>/", invoice),
    path("ship/", ship),
    path("stock/", stock),
]
