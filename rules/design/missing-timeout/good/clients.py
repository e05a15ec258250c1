import smtplib
import urllib.request
from functools import partial

import aiohttp
import click
import httpx
import requests
from requests.adapters import HTTPAdapter

API = "https://rates.example.com"
get = partial(requests.get, timeout=5)


class LimitedAdapter(HTTPAdapter):
    def send(self, request, **kwargs):
        kwargs["timeout"] = kwargs.get("timeout") or 5
        return super().send(request, **kwargs)


def limited_session():
    session = requests.Session()
    session.mount("https://", LimitedAdapter())
    return session


class LimitedSession(requests.Session):
    def request(self, method, url, **kwargs):
        kwargs.setdefault("timeout", 5)
        return super().request(method, url, **kwargs)


def today(currency):
    return limited_session().get(f"{API}/today/{currency}").json()


def yesterday(currency):
    return LimitedSession().get(f"{API}/yesterday/{currency}").json()


def history(currency, timeout=10):
    return requests.get(f"{API}/history/{currency}", timeout=timeout).json()


def passed_on(url, **kwargs):
    return requests.get(url, **kwargs)


def short(url):
    return get(url).text


def with_defaults(url):
    options = {"timeout": 3, "verify": True}
    return requests.get(url, **options)


def holidays(year):
    with urllib.request.urlopen(f"https://days.example.com/{year}", None, 5) as answer:
        return answer.read()


def later(host):
    server = smtplib.SMTP(timeout=5)
    server.connect(host)
    return server


def current(currency):
    return httpx.get(f"{API}/today/{currency}").json()


async def awaited(currency):
    async with aiohttp.ClientSession() as session, session.get(f"{API}/{currency}") as answer:
        return await answer.json()


class Settings(dict):
    def lookup(self, name):
        return self.get(name)


@click.command()
def download():
    click.echo(requests.get(f"{API}/all.csv").text)


if __name__ == "__main__":
    print(requests.get(API).status_code)
