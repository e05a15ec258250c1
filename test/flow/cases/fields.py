# Fields of objects: what a method may believe of them.

import requests, sqlite3
from flask import request
# === a
class Client:
    def __init__(self, cert=None):
        self.verify = False
        self.cert = cert
        self.check = None
        self.path = None

    def setup(self, conf):
        self.check = conf.check
        self.path = conf.path

    def verify_cert(self):
        value = False
        if self.check:
            value = self.path
        return value

    def get(self):
        return requests.get("https://x.example", timeout=3, verify=self.verify_cert())

    def get2(self):
        return requests.get("https://x.example", timeout=3, verify=self.verify)  # finding
# === b
class Client:
    def __init__(self, verify=False):
        self.verify = verify
    def get(self):
        return requests.get("https://x.example", timeout=3, verify=self.verify)
# === c
class Client:
    verify = False
    def get(self):
        return requests.get("https://x.example", timeout=3, verify=self.verify)  # finding
