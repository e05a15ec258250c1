import requests
from flask import Flask, abort, jsonify

from clients import RatesClient

app = Flask(__name__)
rates = RatesClient("...")


@app.get("/rates/<currency>")
def show_rate(currency):
    return jsonify(rates.today(currency))


@app.post("/captcha")
def captcha():
    answer = requests.post(  # finding: `captcha` waits for ever
        "https://captcha.example.com/verify", data={"response": "..."}
    )
    if not answer.json()["success"]:
        abort(403)
    return "", 204
