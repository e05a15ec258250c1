import os
import subprocess

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


@app.post("/thumbnails")
def thumbnails():
    subprocess.run(["convert", "cover.png", "-resize", "200", "small.png"], check=True)  # finding: if the program does not end
    return "", 204


@app.post("/reports")
def report():
    printing = subprocess.Popen(["lp", "report.pdf"])
    printing.communicate()  # finding: `printing.communicate` has no time limit
    return "", 204


@app.post("/clean")
def clean():
    os.system("rm -rf /var/cache/shop/*")  # finding: Write `subprocess.run([...], timeout=10)`
    return "", 204
