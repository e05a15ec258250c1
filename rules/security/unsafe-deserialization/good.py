import hashlib
import hmac
import json
import os
import pickle
import shelve

import requests
import yaml
from fastapi import FastAPI, HTTPException, Request, UploadFile

app = FastAPI()
KEY = os.environ["CART_KEY"].encode()
SHELVES = {"fiction": "shelves/fiction", "science": "shelves/science"}


class SettingsLoader(yaml.SafeLoader):
    pass


@app.get("/cart")
def cart(request: Request):
    return json.loads(request.cookies["cart"])


@app.post("/settings")
async def change_settings(request: Request):
    text = await request.body()
    settings = yaml.load(text, Loader=yaml.SafeLoader)
    return {"changed": sorted(settings)}


@app.post("/settings/own")
async def change_own_settings(request: Request):
    settings = yaml.load(await request.body(), Loader=SettingsLoader)
    return {"changed": sorted(settings)}


@app.post("/settings/file")
async def upload_settings(upload: UploadFile):
    settings = yaml.safe_load(upload.file)
    return {"changed": sorted(settings)}


@app.get("/shelves/{name}")
def shelf(name: str):
    if name not in SHELVES:
        raise HTTPException(404)
    with shelve.open(SHELVES[name]) as books:
        return {"books": sorted(books)}


@app.get("/forecast")
def forecast(days: int):
    with open("models/forecast.pickle", "rb") as file:
        model = pickle.load(file)
    return {"forecast": list(model.predict(days))}


@app.post("/jobs")
async def queue_job(request: Request):
    body = await request.body()
    signature, data = body[:64], body[64:]
    expected = hmac.new(KEY, data, hashlib.sha256).hexdigest().encode()
    if not hmac.compare_digest(signature, expected):
        raise HTTPException(403)
    return {"job": str(pickle.loads(data))}


def refresh_prices():
    answer = requests.get("https://prices.example.com/today", timeout=5)
    return answer.json()
