from dataclasses import dataclass

import peewee
from django import forms
from django.db import models
from django.http import JsonResponse
from django.views.decorators.http import require_POST
from fastapi import FastAPI
from flask import Flask, jsonify, request
from flask_sqlalchemy import SQLAlchemy
from pydantic import BaseModel
from pymongo import MongoClient
from rest_framework import serializers, viewsets
from rest_framework.decorators import api_view
from rest_framework.pagination import PageNumberPagination

app = Flask(__name__)
api = FastAPI()
db = SQLAlchemy(app)
shop = MongoClient().shop

EDITABLE = ("name", "mail")


class Member(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String)
    mail = db.Column(db.String)
    is_admin = db.Column(db.Boolean, default=False)


class Note(peewee.Model):
    text = peewee.TextField()
    owner = peewee.IntegerField()


class Order(models.Model):
    isbn = models.CharField(max_length=13)
    paid = models.BooleanField(default=False)


class MemberIn(BaseModel):
    name: str
    mail: str


@dataclass
class Search:
    title: str = ""
    author: str = ""


@app.post("/members")
def join():
    data = request.get_json()
    db.session.add(Member(name=data["name"], mail=data["mail"]))
    picked = {key: data[key] for key in EDITABLE if key in data}
    db.session.add(Member(**picked))
    chosen = {key: value for key, value in data.items() if key in EDITABLE}
    db.session.add(Member(**chosen, is_admin=False))
    return "", 201


@app.put("/members/<int:number>")
def change(number):
    member = db.session.get(Member, number)
    for field, value in request.json.items():
        if field in EDITABLE:
            setattr(member, field, value)
    for field in EDITABLE:
        setattr(member, field, request.json[field])
    return "", 204


@app.patch("/members/<int:number>")
def patch(number):
    member = db.session.get(Member, number)
    for field, value in request.json.items():
        if field not in {"name", "mail"}:
            continue
        setattr(member, field, value)
    return "", 204


def only_editable(data):
    return {key: data.get(key) for key in ("name", "mail")}


@app.post("/copies")
def copy():
    db.session.add(Member(**only_editable(request.form)))
    return "", 201


@app.get("/books")
def search():
    wanted = Search(**request.args)
    for key, value in request.args.items():
        setattr(wanted, key, value)
    return jsonify({"title": wanted.title})


@app.post("/notes")
def note():
    data = request.get_json()
    Note.create(text=data["text"], owner=1)
    Note.update({"text": data["text"]}).where(Note.id == 1).execute()
    return "", 201


@app.put("/baskets/<basket>")
def basket(basket):
    data = request.get_json()
    shop.baskets.insert_one({"count": int(data["count"]), "title": str(data["title"])})
    shop.baskets.update_one({"_id": 1}, {"$set": {"title": str(data["title"])}})
    return "", 204


@api.post("/members")
async def register(member: MemberIn):
    return {"id": Member(**member.model_dump()).id}


@api.post("/guests")
async def guest(member: MemberIn):
    values = member.dict(exclude_unset=True)
    return {"id": Member(**values).id}


class OrderForm(forms.ModelForm):
    class Meta:
        model = Order
        fields = ["isbn"]


class OrderSerializer(serializers.ModelSerializer):
    class Meta:
        model = Order
        fields = ["isbn"]


class ShownOrderSerializer(serializers.ModelSerializer):
    class Meta:
        model = Order
        fields = "__all__"


class Orders(viewsets.ReadOnlyModelViewSet):
    queryset = Order.objects.all()
    serializer_class = ShownOrderSerializer
    pagination_class = PageNumberPagination


@require_POST
def buy(request):
    form = OrderForm(request.POST)
    if not form.is_valid():
        return JsonResponse({}, status=400)
    order = Order.objects.create(**form.cleaned_data)
    return JsonResponse({"id": order.pk})


@api_view(["POST"])
def sell(request):
    serializer = OrderSerializer(data=request.data)
    serializer.is_valid(raise_exception=True)
    Order.objects.create(**serializer.validated_data)
    return JsonResponse({})
