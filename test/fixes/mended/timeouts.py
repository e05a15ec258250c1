import smtplib
import urllib.request

import httpx
import requests
from flask import Flask, request
from requests import get

app = Flask(__name__)


@app.get("/a")
def plain():
    return requests.get("https://rates.example.org/today", timeout=10).json()


@app.post("/b")
def several_lines():
    answer = requests.post(
        "https://mail.example.org/send",
        json={"to": "team"},
        timeout=10,
    )
    return {"status": answer.status_code}


@app.post("/c")
def several_lines_without_comma():
    answer = requests.put(
        "https://mail.example.org/send",
        json={"to": "team"},
        timeout=10  # always
    )
    return {"status": answer.status_code}


@app.get("/d")
def of_a_session():
    with requests.Session() as session:
        return session.get("https://rates.example.org/today", timeout=10).text


@app.get("/e")
def switched_off():
    return requests.get("https://rates.example.org/today", timeout=10).text


@app.get("/f")
def standard_library():
    with urllib.request.urlopen("https://rates.example.org/today", timeout=10) as answer:
        return answer.read()


@app.get("/g")
def mail():
    with smtplib.SMTP("mail.example.org", 25, timeout=10) as server:
        server.sendmail("a@example.org", "b@example.org", "hello")
    return {}


@app.get("/h")
def with_httpx():
    return httpx.get("https://rates.example.org/today", timeout=10).text


@app.get("/i")
def imported():
    return get("https://rates.example.org/today", timeout=10).text


@app.get("/j")
def two_calls():
    first = requests.get("https://rates.example.org/today", timeout=10).json()
    second = requests.get("https://rates.example.org/tomorrow", timeout=10).json()
    return {"first": first, "second": second}


@app.delete("/k")
def with_last_comma():
    return {"status": requests.delete("https://mail.example.org/queue", json={}, timeout=10,).status_code}


@app.get("/l")
def client():
    with httpx.Client(timeout=10) as client:
        return client.get("https://rates.example.org/today").text
