import peewee
from django import forms
from django.contrib.auth.models import User
from django.db import models
from django.http import JsonResponse
from django.views.decorators.http import require_POST
from flask import Flask, jsonify, request
from flask_sqlalchemy import SQLAlchemy
from pymongo import MongoClient
from rest_framework import serializers, viewsets
from rest_framework.decorators import api_view
from sqlalchemy import update

app = Flask(__name__)
db = SQLAlchemy(app)
shop = MongoClient().shop


class Member(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String)
    is_admin = db.Column(db.Boolean, default=False)


class Note(peewee.Model):
    text = peewee.TextField()
    owner = peewee.IntegerField()


class Order(models.Model):
    isbn = models.CharField(max_length=13)
    paid = models.BooleanField(default=False)


@app.post("/members")
def join():
    member = Member(**request.get_json())  # source # finding: which fields `Member` writes
    db.session.add(member)
    return "", 201


@app.put("/members/<int:number>")
def change(number):
    member = db.session.get(Member, number)
    for field, value in request.json.items():  # source
        setattr(member, field, value)  # finding: such as `is_admin`
    return "", 204


@app.patch("/members/<int:number>")
def patch(number):
    member = Member.query.get_or_404(number)
    member.__dict__.update(request.form.to_dict())  # source # finding: Name the fields you take
    return "", 204


@app.post("/roles")
def promote():
    values = dict(request.form)  # source
    db.session.execute(update(Member).values(**values))  # finding: `request.form` decides
    return "", 204


@app.post("/notes")
def note():
    data = request.get_json(force=True)  # source
    Note.create(**data, owner=1)  # finding: `Note.create`
    return "", 201


@app.put("/baskets/<basket>")
def basket(basket):
    shop.baskets.insert_one(request.get_json())  # source # finding: `shop.baskets.insert_one` writes
    shop.baskets.update_one({"_id": 1}, {"$set": request.json})  # source # finding: set those you do not offer
    return "", 204


@require_POST
def buy(request):
    order = Order.objects.create(**request.POST.dict())  # source # finding: `Order.objects.create`
    Order.objects.filter(pk=order.pk).update(**{**request.POST})  # source # finding: `request.POST` decides
    return JsonResponse({"id": order.pk})


@api_view(["POST"])
def register(request):
    User.objects.create_user(**request.data)  # source # finding: a visitor can set
    return JsonResponse({})


class OrderForm(forms.ModelForm):
    class Meta:
        model = Order
        fields = "__all__"  # finding: `OrderForm` takes every field


class EditForm(forms.ModelForm):
    class Meta:
        model = Order
        exclude = ["paid"]  # finding: every field of its model but these


class OrderSerializer(serializers.ModelSerializer):
    class Meta:
        model = Order
        fields = "__all__"  # finding: List the fields it offers


class Orders(viewsets.ModelViewSet):
    queryset = Order.objects.all()
    serializer_class = OrderSerializer
