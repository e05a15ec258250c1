from django.db import models
from django.db.models import CharField, EmailField


class Customer(models.Model):
    email = models.CharField(max_length=200)


class Order(models.Model):
    email = models.EmailField()


class Payment(models.Model):
    email = models.EmailField(
        max_length=200,
        null=True,
    )


class Message(models.Model):
    email = models.CharField("where mail goes", max_length=200)  # in lower case


class Transaction(models.Model):
    email = models.CharField(
        max_length=200,
        blank=True
    )


class Event(models.Model):
    email = EmailField(null=True)


class Guest(models.Model):
    email: str = models.CharField(max_length=200)


class Visit(models.Model):
    session_key = models.CharField(max_length=64, blank=True)


class Session(models.Model):
    session_key = CharField(max_length=64, null=True,)


class Notification(models.Model):
    email = models.CharField(max_length=80, default="", help_text="where news go")


def views(request, key):
    return [
        Customer.objects.filter(email=key).first(),
        Order.objects.get(email=key),
        Payment.objects.filter(email=key).exists(),
        Message.objects.filter(email=key).count(),
        Transaction.objects.filter(email=key).first(),
        Event.objects.filter(email=key).first(),
        Guest.objects.filter(email=key).first(),
        Visit.objects.filter(session_key=key).exists(),
        Session.objects.get(session_key=key),
        Notification.objects.filter(email=key).first(),
    ]
