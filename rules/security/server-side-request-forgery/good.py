import os
import re
from urllib.parse import quote, urlparse

import aiohttp
import httpx
import requests
from fastapi import FastAPI
from flask import Flask, abort, jsonify, request

app = Flask(__name__)
api = FastAPI()
partners = requests.Session()

STOCK = "https://stock.example.com"
UPSTREAM = os.environ["UPSTREAM"]
SHOPS = {"north": "https://north.example.com/stock", "south": "https://south.example.com/stock"}
FEEDS = ("https://example.com/feed.xml", "https://example.org/feed.xml")


@app.get("/weather")
def weather():
    city = request.args["city"]
    answer = requests.get("https://weather.example.com/today", params={"city": city}, timeout=5)
    return jsonify(answer.json())


@app.get("/books/<isbn>")
def book(isbn):
    answer = requests.get(f"https://books.example.com/isbn/{quote(isbn)}", timeout=5)
    return jsonify(answer.json())


@app.get("/orders/<number>")
def order(number):
    url = STOCK + "/orders/" + number
    return jsonify(partners.get(url, timeout=5).json())


@app.get("/lots/<int:number>")
def lot(number):
    return jsonify(requests.get(f"{UPSTREAM}/lots/{number}", timeout=5).json())


@app.get("/lots/<name>/photo")
def photo(name):
    return requests.get(f"{UPSTREAM}/photos/{name}", timeout=5).content


@app.get("/stock/<shop>")
def stock(shop):
    address = SHOPS.get(shop)
    if address is None:
        abort(404)
    return jsonify(requests.get(address, timeout=5).json())


@app.get("/regions/<region>")
def region(region):
    if not re.fullmatch(r"[a-z]{2,12}", region):
        abort(404)
    return jsonify(requests.get(f"https://{region}.example.com/stock", timeout=5).json())


@app.get("/feeds")
def feeds():
    address = request.args["feed"]
    if address not in FEEDS:
        abort(400)
    return jsonify(length=len(requests.get(address, timeout=5).content))


@app.post("/orders")
def place_order():
    answer = partners.post(
        "https://stock.example.com/orders",
        json={"book": request.form["book"], "callback": request.form["callback"]},
        headers={"X-Request-Id": request.headers.get("X-Request-Id", "")},
        timeout=5,
    )
    return jsonify(answer.json())


@app.get("/next")
def next_page():
    address = request.args["page"]
    app.logger.info("asked for %r", address)
    address = "https://stock.example.com/next"
    return jsonify(requests.get(address, timeout=5).json())


@app.get("/own")
def own():
    address = request.args["address"]
    if not address.startswith("https://stock.example.com/"):
        abort(400)
    return jsonify(requests.get(address, timeout=5).json())


def checked(address):
    if urlparse(address).hostname not in {"example.com", "example.org"}:
        raise ValueError("no such host")
    return address


@app.get("/mirror")
def mirror():
    answer = requests.get(checked(request.args["mirror"]), timeout=5)
    return jsonify(length=len(answer.content))


@api.get("/catalogue/{name}")
async def catalogue(name: str):
    async with httpx.AsyncClient(base_url="https://stock.example.com") as client:
        answer = await client.get("/catalogue", params={"name": name})
    return answer.json()


@api.get("/catalogue/{name}/price")
async def price(name: str):
    async with httpx.AsyncClient(base_url="https://stock.example.com") as client:
        answer = await client.get(f"/prices/{name}")
    return answer.json()


@api.get("/status")
async def status(number: int):
    async with aiohttp.ClientSession() as session:
        async with session.get(f"https://stock-{number}.example.com/status") as answer:
            return {"status": answer.status}
