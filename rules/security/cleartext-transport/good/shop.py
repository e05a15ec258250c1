import ldap
import ftplib
import os
import smtplib
import ssl

import requests

BANK = "https://bank.example.com/api"
FEED = "http://feeds.example.com/news.xml"


def log_in(name, password):
    return requests.post(f"{BANK}/login", json={"name": name, "password": password}, timeout=5)


def news():
    return requests.get(FEED, headers={"Accept": "application/xml"}, timeout=5)


def notify(token):
    requests.post("http://localhost:9000/hook", json={"token": token}, timeout=1)
    requests.post("http://queue:8080/hook", json={"token": token}, timeout=1)
    requests.post(os.environ["HOOK"], json={"token": token}, timeout=1)


def send(message):
    with smtplib.SMTP("mail.example.com", 587, timeout=10) as server:
        server.starttls(context=ssl.create_default_context())
        server.login("shop", os.environ["MAIL_PASSWORD"])
        server.send_message(message)


class Mailer:
    def __init__(self, host):
        self.server = smtplib.SMTP(host, timeout=10)
        self.server.starttls()

    def send(self, password, message):
        self.server.login("shop", password)
        self.server.send_message(message)


def send_safely(message):
    with smtplib.SMTP_SSL("mail.example.com", timeout=10) as server:
        server.login("shop", os.environ["MAIL_PASSWORD"])
        server.send_message(message)


def relay(message):
    with smtplib.SMTP("localhost", timeout=10) as server:
        server.login("shop", os.environ["MAIL_PASSWORD"])
        server.send_message(message)


def download(name):
    server = ftplib.FTP("ftp.example.org")
    server.login()
    return server.nlst(name)


def upload(path):
    server = ftplib.FTP_TLS("files.example.com")
    server.login("shop", os.environ["FTP_PASSWORD"])
    server.prot_p()
    return server.nlst(path)


def run_locally():
    if os.environ.get("ENVIRONMENT") == "development":
        os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"


def find_reader_in_directory(settings, name, password):
    directory = ldap.initialize(settings.DIRECTORY)
    directory.simple_bind_s(name, password)
    return directory
