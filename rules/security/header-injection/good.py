import json
import smtplib
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, quote, urlsplit

from django.core.mail import send_mail
from django.http import HttpResponse
from django.views.decorators.http import require_POST
from fastapi import FastAPI, Response
from flask import Flask, jsonify, make_response, request
from sanic import Request, Sanic
from sanic.response import text

app = Flask(__name__)
api = FastAPI()
fast = Sanic("shop")

LANGUAGES = {"en", "de", "fr"}


class Shop(BaseHTTPRequestHandler):
    def do_GET(self):
        query = parse_qs(urlsplit(self.path).query)
        language = query.get("language", ["en"])[0]
        if language not in LANGUAGES:
            language = "en"
        self.send_response(200)
        self.send_header("Content-Language", language)
        self.send_header("X-Page", str(int(query.get("page", ["1"])[0])))
        self.send_header("X-Query", json.dumps(query))
        self.end_headers()

    def do_HEAD(self):
        self.send_response(301)
        self.send_header("Location", "https://shop.example.com" + self.path)
        self.send_header("X-Agent", self.headers.get("User-Agent", ""))
        self.end_headers()

    def do_PUT(self):
        name = parse_qs(urlsplit(self.path).query)["name"][0]
        self.send_response(201)
        self.send_header("Location", "/books/" + quote(name))
        self.send_header("X-Name", name.replace("\r", "").replace("\n", ""))
        self.end_headers()


@fast.get("/download")
async def download(request: Request):
    name = request.args.get("name")
    if not name.isalnum():
        return text("no such file", status=404)
    return text("isbn;title", headers={"Content-Disposition": f'attachment; filename="{name}.csv"'})


@app.get("/language")
def language():
    response = make_response("ok")
    response.headers["Content-Language"] = request.args["language"]
    response.set_cookie("language", request.args["language"], secure=True, httponly=True, samesite="Lax")
    return response


@api.get("/version")
def version(response: Response, wanted: str):
    response.headers["X-Version"] = wanted
    return {"version": 1}


@app.post("/contact")
def contact():
    message = EmailMessage()
    message["From"] = "shop@example.com"
    message["Subject"] = request.form["subject"]
    message.set_content(request.form["text"])
    with smtplib.SMTP("localhost", timeout=10) as server:
        server.send_message(message, to_addrs=["office@example.com"])
    return jsonify({"sent": True})


@app.post("/report")
def report():
    subject = "A report"
    fault = request.form["fault"]
    message = f"From: shop@example.com\r\nSubject: {subject}\r\n\r\n{fault}"
    with smtplib.SMTP("localhost", timeout=10) as server:
        server.sendmail("shop@example.com", ["office@example.com"], message)
        server.sendmail("shop@example.com", ["office@example.com"], "Subject: Again\n\n" + fault)
    return jsonify({"sent": True})


@app.post("/order")
def order():
    count = int(request.form["count"])
    message = "Subject: %d books ordered\n\n%s" % (count, request.form["note"])
    with smtplib.SMTP("localhost", timeout=10) as server:
        server.sendmail("shop@example.com", ["office@example.com"], message)
    return jsonify({"sent": True})


@require_POST
def ask(request):
    send_mail(request.POST["subject"], request.POST["text"], "shop@example.com", ["office@example.com"])
    response = HttpResponse(status=204)
    response.headers["X-Subject"] = request.POST["subject"]
    return response


HTTPServer(("localhost", 8000), Shop).serve_forever()
