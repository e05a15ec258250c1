import smtplib
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from django.http import HttpResponse
from django.views.decorators.http import require_POST
from flask import Flask, jsonify, request
from sanic import Request, Sanic
from sanic.response import text

app = Flask(__name__)
fast = Sanic("shop")


class Shop(BaseHTTPRequestHandler):
    def do_GET(self):
        query = parse_qs(urlsplit(self.path).query)  # source
        language = query.get("language", ["en"])[0]
        self.send_response(200)
        self.send_header("Content-Language", language)  # finding: Refuse line breaks in it
        self.end_headers()

    def do_HEAD(self):
        page = unquote(self.path)  # source
        self.send_response(301, "Moved")
        self.send_header("Location", "https://shop.example.com" + page)  # finding: can add headers
        self.end_headers()


@fast.get("/download")
async def download(request: Request):
    name = request.args.get("name")  # source
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return text("isbn;title", headers=headers)  # finding: becomes part of the headers


@app.post("/contact")
def contact():
    subject = request.form["subject"]  # source
    body = "Somebody wrote to the shop."
    message = f"From: shop@example.com\r\nSubject: {subject}\r\n\r\n{body}"
    with smtplib.SMTP("localhost") as server:
        server.sendmail("shop@example.com", ["office@example.com"], message)  # finding: can add recipients
    return jsonify({"sent": True})


def mail_text(sender, text):
    return "Reply-To: " + sender + "\nSubject: A question\n\n" + text


@require_POST
def ask(request):
    mail = mail_text(request.POST["mail"], "How much is it?")  # source
    server = smtplib.SMTP("localhost")
    server.sendmail("shop@example.com", "office@example.com", mail)  # finding: `email.message.EmailMessage`
    return HttpResponse(status=204)


HTTPServer(("localhost", 8000), Shop).serve_forever()
