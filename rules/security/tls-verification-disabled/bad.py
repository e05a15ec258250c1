import os
import ssl
import urllib.request
from functools import partial

import aiohttp
import boto3
import httpx
import paramiko
import redis
import requests
import urllib3
from pymongo import MongoClient

BANK = "https://bank.example.com/api"
VERIFY = False

os.environ["PYTHONHTTPSVERIFY"] = "0"  # finding: for the whole process
ssl._create_default_https_context = ssl._create_unverified_context  # finding: any certificate

pool = urllib3.PoolManager(cert_reqs="CERT_NONE")  # finding: ca_certs
store = MongoClient("mongodb://db.example.com", tls=True, tlsAllowInvalidCertificates=True)  # finding: tlsCAFile
cache = redis.Redis(host="cache.example.com", ssl=True, ssl_cert_reqs=None)  # finding: ssl_ca_certs
files = boto3.client("s3", verify=False)  # finding: path of your own CA


def balance(account):
    return requests.get(f"{BANK}/accounts/{account}", timeout=5, verify=False).json()  # finding: `verify=False`


def book(entry):
    return requests.post(BANK, json=entry, verify=VERIFY)  # finding: whoever stands in between


def send(url, data, verify=True):
    return httpx.post(url, json=data, verify=verify)


def remind(data):
    return send(f"{BANK}/reminders", data, verify=False)  # finding: leave `verify` out


class Branch:
    check_certificates = False

    def __init__(self, url):
        self.url = url
        self.session = requests.Session()
        self.session.verify = self.check_certificates  # finding: path of your own CA

    async def rates(self):
        connector = aiohttp.TCPConnector(ssl=False)  # finding: `ssl=False`
        async with aiohttp.ClientSession(connector=connector) as session:
            async with session.get(self.url) as answer:
                return await answer.json()


post = partial(requests.post, verify=False)


def report(day):
    return post(f"{BANK}/reports", json={"day": day})  # finding: any certificate


def context():
    made = ssl.create_default_context()
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE  # finding: load_verify_locations
    return made


def old_partner():
    made = ssl.SSLContext(ssl.PROTOCOL_TLSv1)  # finding: at least `ssl.TLSVersion.TLSv1_2`
    return urllib.request.urlopen("https://partner.example.com", context=made)


def older_partner():
    made = ssl.create_default_context()
    made.minimum_version = ssl.TLSVersion.TLSv1  # finding: can be read by others
    return made


def download(host, user):
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())  # finding: host key
    client.connect(host, username=user)
    return client
