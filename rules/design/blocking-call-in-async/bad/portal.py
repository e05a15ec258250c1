import logging
import os
import time

import requests

log = logging.getLogger(__name__)
PORTAL = os.environ.get("PORTAL", "https://portal.example.com")


def fetch_portal(tenant: str) -> str:
    answer = requests.post(f"{PORTAL}/sessions", json={"tenant": tenant}, timeout=10)
    answer.raise_for_status()
    return answer.json()["url"]


def _fetch_keys():
    return requests.get(f"{PORTAL}/keys", timeout=5).json()


def find_key(number: str):
    return next((key for key in _fetch_keys() if key["kid"] == number), None)


def with_patience(tenant: str) -> str:
    for attempt in range(3):
        try:
            return fetch_portal(tenant)
        except requests.ConnectionError:
            log.warning("The portal does not answer")
            time.sleep(2**attempt)
    raise RuntimeError("The portal is down")
