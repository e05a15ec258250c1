import base64
import marshal
import pickle
import shelve
import socket

import joblib
import requests
import yaml
from fastapi import FastAPI, Request, UploadFile

app = FastAPI()


@app.get("/cart")
def cart(request: Request):
    cookie = request.cookies["cart"]  # source
    return pickle.loads(base64.b64decode(cookie))  # finding: `json.loads`


@app.post("/settings")
async def change_settings(request: Request):
    text = await request.body()  # source
    settings = yaml.load(text, Loader=yaml.Loader)  # finding: `yaml.safe_load`
    return {"changed": sorted(settings)}


@app.post("/models")
async def upload_model(model: UploadFile):
    upload = model.file  # source
    forecast = joblib.load(upload)  # finding: a format that holds no code
    return {"features": list(forecast.feature_names_in_)}


@app.get("/shelves/{name}")
def shelf(name: str):  # source
    with shelve.open("shelves/" + name) as books:  # finding: names you wrote
        return {"books": sorted(books)}


def decode(data):
    return marshal.loads(data)  # finding: `marshal.loads`


@app.post("/bytecode")
async def bytecode(request: Request):
    data = await request.body()  # source
    return {"names": decode(data).co_names}


def refresh_prices():
    answer = requests.get("https://prices.example.com/today", timeout=5)
    data = answer.content  # source
    return pickle.loads(data)  # finding: out of `answer.content`


def serve_jobs():
    with socket.create_server(("localhost", 9000)) as server:
        connection, _ = server.accept()
        received = connection.recv(4096)  # source
        job = pickle.loads(received)  # finding: out of `connection.recv(4096)`
        job.run()
