import urllib.request

import aiohttp
import httpx
import requests
from fastapi import FastAPI, Request
from flask import Flask, jsonify, request

app = Flask(__name__)
api = FastAPI()
partners = requests.Session()


@app.get("/preview")
def preview():
    address = request.args["url"]  # source
    page = requests.get(address, timeout=5)  # finding: decides where `requests.get` sends
    return jsonify(length=len(page.content))


@app.post("/webhooks")
def register_webhook():
    target = request.json["target"]  # source
    answer = partners.post(target, json={"event": "ping"}, timeout=5)  # finding: `partners.post`
    return jsonify(status=answer.status_code)


def stock_address(shop):
    return "https://" + shop + ".example.com/stock"


@app.get("/stock/<shop>")
def stock(shop):  # source
    with urllib.request.urlopen(stock_address(shop), timeout=5) as answer:  # finding: write the host yourself
        return jsonify(length=len(answer.read()))


@app.get("/avatar")
def avatar():
    wanted = urllib.request.Request(request.args["from"], headers={"Accept": "image/*"})  # source
    return urllib.request.urlopen(wanted, timeout=5).read()  # finding: decides where


@api.get("/feed")
async def feed(source: str):  # source
    async with httpx.AsyncClient(timeout=5) as client:
        answer = await client.get(source)  # finding: `client.get`
    return {"entries": answer.text.count("<entry>")}


@api.post("/mirror")
async def mirror(upstream: Request):
    host = upstream.headers["x-upstream"]  # source
    async with aiohttp.ClientSession() as session:
        async with session.get(f"http://{host}/status") as answer:  # finding: `upstream.headers["x-upstream"]`
            return {"status": answer.status}
