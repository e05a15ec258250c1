import os
import ssl

import aiohttp
import httpx
import paramiko
import requests
from django.conf import settings

BANK = "https://bank.example.com/api"
CA = "/etc/ssl/our-ca.pem"


class Vote:
    def get(self, url, verify):
        return url if verify else None


def balance(account):
    return requests.get(f"{BANK}/accounts/{account}", timeout=5, verify=CA).json()


def book(entry):
    return requests.post(BANK, json=entry, verify=os.environ.get("BANK_CA", True), timeout=10)


def send(url, data, verify=True):
    return httpx.post(url, json=data, verify=verify)


def remind(data):
    return send(f"{BANK}/reminders", data)


def vote():
    return Vote().get("https://votes.example.com", verify=False)


def preview(path):
    if settings.DEBUG:
        return requests.get(f"https://preview.example.com/{path}", verify=False)
    return requests.get(f"https://preview.example.com/{path}", timeout=10)


def is_alive():
    return requests.get("https://localhost:8443/health", verify=False, timeout=1).ok


class Branch:
    def __init__(self, verify=True):
        self.session = requests.Session()
        self.session.verify = verify

    async def rates(self, url):
        made = ssl.create_default_context(cafile=CA)
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=made)) as session:
            async with session.get(url) as answer:
                return await answer.json()


def serve():
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.verify_mode = ssl.CERT_NONE
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    return made


def partner():
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.load_verify_locations(CA)
    made.verify_mode = ssl.CERT_REQUIRED
    return made


def download(host, user):
    client = paramiko.SSHClient()
    client.load_system_host_keys()
    client.set_missing_host_key_policy(paramiko.RejectPolicy())
    client.connect(host, username=user)
    return client
