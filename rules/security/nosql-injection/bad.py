import json

from aiohttp import web
from elasticsearch import AsyncElasticsearch
from fastapi import FastAPI, Request
from flask import Flask, jsonify, request
from motor.motor_asyncio import AsyncIOMotorClient
from pymongo import MongoClient
from rest_framework.decorators import api_view
from rest_framework.response import Response

app = Flask(__name__)
api = FastAPI()
routes = web.RouteTableDef()
shop = MongoClient("mongodb://localhost")["shop"]
users = AsyncIOMotorClient("mongodb://localhost")["shop"]["users"]
search = AsyncElasticsearch("http://localhost:9200")


@app.post("/login")
def log_in():
    data = request.get_json()  # source
    user = shop["users"].find_one({"name": data["name"], "token": data["token"]})  # finding: such as `$ne`
    return jsonify({"found": user is not None})


@app.get("/books")
def books():
    wanted = json.loads(request.args["filter"])  # source
    return jsonify([book["title"] for book in shop["books"].find(wanted)])  # finding: becomes part of the query


@app.get("/books/of")
def books_of():
    author = request.args["author"]  # source
    code = f"this.author == '{author}'"
    return jsonify(shop["books"].count_documents({"$where": code}))  # finding: Use operators instead of code


def by_token(token):
    return {"token": token, "active": True}


@api.post("/tokens")
async def check_token(request: Request):
    body = await request.json()  # source
    user = await users.find_one(by_token(body.get("token")))  # finding: or compare with `$eq`
    return {"found": user is not None}


@api_view(["DELETE"])
def forget(request):
    mail = request.data["mail"]  # source
    done = shop["readers"].delete_many({"mail": mail})  # finding: match every document
    return Response({"deleted": done.deleted_count})


@routes.post("/search")
async def find(request):
    body = await request.json()  # source
    hits = await search.search(index="books", body=body)  # finding: can search everything
    return web.json_response(hits["hits"])


@app.post("/readers")
def readers():
    name = request.json["name"]  # source
    return jsonify(shop.readers.count_documents({"name": name}))  # finding: such as `$ne`


@app.post("/report")
def report():
    data = request.get_json()  # source
    stages = [{"$match": {"author": data["author"]}}, {"$count": "books"}]
    return jsonify(list(shop["books"].aggregate(stages)))  # finding: such as `$ne`
