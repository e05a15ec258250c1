import requests


def fetch_portal(tenant: str) -> str:
    answer = requests.post("https://portal.example.com/sessions", json={"t": tenant}, timeout=10)
    return answer.json()["url"]


class Catalogue:
    """Its methods are called like those of a client, and ask nobody."""

    def __init__(self):
        self.books = {}

    def get(self, number):
        return self.books.get(number)

    def post(self, book):
        self.books[len(self.books)] = book
