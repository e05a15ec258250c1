import hmac
import json

from bson import ObjectId
from elasticsearch import Elasticsearch
from fastapi import FastAPI, HTTPException, Request
from flask import Flask, abort, jsonify, request
from motor.motor_asyncio import AsyncIOMotorClient
from pydantic import BaseModel
from pymongo import MongoClient
from rest_framework.decorators import api_view
from rest_framework.response import Response

app = Flask(__name__)
api = FastAPI()
shop = MongoClient("mongodb://localhost")["shop"]
users = AsyncIOMotorClient("mongodb://localhost")["shop"]["users"]
search = Elasticsearch("http://localhost:9200")

KINDS = ["novel", "essay"]


class Login(BaseModel):
    name: str
    token: str


@app.post("/login")
def log_in():
    data = request.get_json()
    user = shop["users"].find_one({"name": str(data["name"])})
    if user is None or not hmac.compare_digest(user["token"], str(data["token"])):
        abort(403)
    return jsonify({"ok": True})


@app.post("/login/form")
def log_in_form():
    user = shop["users"].find_one({"name": request.form["name"], "token": request.form["token"]})
    return jsonify({"found": user is not None})


@app.post("/mail")
def by_mail():
    data = request.get_json()
    user = shop["users"].find_one({"mail": {"$eq": data["mail"]}})
    return jsonify({"found": user is not None})


@app.post("/name")
def by_name():
    name = request.json.get("name")
    if not isinstance(name, str):
        abort(400)
    return jsonify(shop["users"].count_documents({"name": name}))


@app.post("/kinds")
def of_kind():
    kind = request.json["kind"]
    if kind not in KINDS:
        abort(400)
    return jsonify(shop["books"].count_documents({"kind": kind, "pages": {"$gt": int(request.json["pages"])}}))


@app.get("/books/<number>")
def book(number):
    found = shop["books"].find_one({"_id": ObjectId(number)})
    return jsonify({"title": found["title"]})


@app.get("/books/cheap")
def cheap():
    wanted = json.loads(request.args["wanted"])
    code = "this.price < this.value"
    return jsonify(shop["books"].count_documents({"$where": code, "title": str(wanted["title"])}))


@app.post("/books")
def add_book():
    data = request.get_json()
    shop["books"].insert_one({"title": data["title"]})
    shop["books"].update_one({"isbn": "9780805209990"}, {"$set": {"title": data["title"]}})
    return "", 201


def by_token(token):
    return {"token": token.strip(), "active": True}


@api.post("/tokens")
async def check_token(request: Request):
    body = await request.json()
    user = await users.find_one(by_token(body["token"]))
    return {"found": user is not None}


@api.post("/login")
async def log_in_model(login: Login):
    user = await users.find_one({"name": login.name, "token": login.token})
    if user is None:
        raise HTTPException(403)
    return {"ok": True}


@api.get("/users/{name}")
async def user(name: str, city: str = "Prague"):
    found = await users.find_one({"name": name, "city": city})
    return {"found": found is not None}


@api_view(["POST"])
def find(request):
    words = str(request.data["words"])
    hits = search.search(index="books", query={"match": {"title": words}})
    more = search.search(index="books", query={"match": {"text": request.data["words"]}})
    return Response([hits["hits"], more["hits"]])
