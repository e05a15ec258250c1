import time

import requests
from celery import Celery
from django.core.mail import send_mail
from django.http import HttpResponse
from django.urls import path

tasks = Celery("shop")


@tasks.task
def send_receipt(address):
    for attempt in range(3):
        try:
            send_mail("Thank you", "Your order is on its way.", None, [address])
            return
        except OSError:
            time.sleep(2**attempt)


class Outbox:
    """Has a method of the same name, and keeps what it is given."""

    def __init__(self):
        self.letters = []

    def send(self, letter):
        self.letters.append(letter)


outbox = Outbox()


def place_order(request):
    send_receipt.delay(request.user.email)
    outbox.send("order")
    return HttpResponse("ordered")


def stock(request):
    level = requests.post("https://stock.example.org/level", json={"sku": 17}, timeout=5)
    return HttpResponse(str(level.ok))


urlpatterns = [path("order/", place_order), path("stock/", stock)]
