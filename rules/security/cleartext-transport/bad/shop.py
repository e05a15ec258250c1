import ftplib
import imaplib
import os
import smtplib
import telnetlib

import httpx
import requests

BANK = "http://bank.example.com/api"
os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"  # finding: logins with OAuth


def log_in(name, password):
    return requests.post(f"{BANK}/login", json={"name": name, "password": password}, timeout=5)  # finding: `password`


def balance(token):
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.get(BANK + "/balance", headers=headers)  # finding: `Authorization`


class Stock:
    def __init__(self, user, password):
        self.session = requests.Session()
        self.login = (user, password)

    def count(self, item):
        return self.session.get(f"http://stock.example.com/{item}", auth=self.login)  # finding: a login


def send(message):
    with smtplib.SMTP("mail.example.com", 587) as server:
        server.login("shop", os.environ["MAIL_PASSWORD"])  # finding: `starttls()`
        server.send_message(message)


class Mailbox:
    def __init__(self, host):
        self.server = imaplib.IMAP4(host)

    def open(self, user, password):
        self.server.login(user, password)  # finding: `imaplib.IMAP4_SSL`


def upload(path):
    server = ftplib.FTP("files.example.com")
    server.login("shop", os.environ["FTP_PASSWORD"])  # finding: `ftplib.FTP_TLS`
    with open(path, "rb") as file:
        server.storbinary("STOR report.csv", file)


def restart(host):
    return telnetlib.Telnet(host)  # finding: use SSH
