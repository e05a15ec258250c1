import ssl
import urllib.request

import httpx
import requests
from requests import Session


def rates():
    return requests.get("https://rates.example.org/today", verify=False, timeout=5).json()


def only_argument(url):
    return requests.get(url, timeout=5, verify=False)


def several_lines(url, data):
    return requests.post(
        url,
        json=data,
        verify=False,
        timeout=5,
    )


def last_line(url, data):
    return requests.put(
        url,
        json=data,
        timeout=5,
        verify=False,
    )


def in_the_middle(url):
    return requests.request("GET", url, verify=False, headers={"Accept": "text/plain"}, timeout=5)


def of_a_session(url):
    session = Session()
    return session.get(url, verify=False, timeout=5)


def for_a_session(url):
    session = requests.Session()
    session.verify = False
    return session.get(url, timeout=5)


def with_httpx(url):
    return httpx.get(url, verify=False)


def client():
    return httpx.Client(verify=False)


async def client_async(url):
    async with httpx.AsyncClient(verify=False, timeout=5) as client:
        return await client.get(url)


def context(url):
    unchecked = ssl._create_unverified_context()
    return urllib.request.urlopen(url, timeout=5, context=unchecked).read()


def patched(url, data):
    return requests.patch(url, data, verify=False, timeout=5).status_code
