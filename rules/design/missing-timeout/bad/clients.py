import json
import smtplib
import urllib.request
from email.message import EmailMessage

import httpx
import requests

API = "https://rates.example.com"


class RatesClient:
    def __init__(self, key):
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {key}"

    def today(self, currency):
        answer = self.session.get(f"{API}/today/{currency}")  # finding: `self.session.get` has no
        answer.raise_for_status()
        return answer.json()

    def history(self, currency):
        answer = self.session.get(f"{API}/history", params={"c": currency}, timeout=None)  # finding: off
        return answer.json()


def holidays(year):
    with urllib.request.urlopen(f"https://days.example.com/{year}") as answer:  # finding: `holidays` waits
        return json.load(answer)


def send(message: EmailMessage):
    with smtplib.SMTP("mail.example.com", 587) as server:  # finding: `smtplib.SMTP`
        server.starttls()
        server.send_message(message)


def stream(path):
    client = httpx.Client(base_url=API, timeout=None)  # finding: switches its time limit off
    return client.get(path)


def publish(event):
    headers = {"Content-Type": "application/json"}
    options = {"headers": headers, "verify": True}
    requests.post(API, json=event, **options)  # finding: `publish` waits for ever
