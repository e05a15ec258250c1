import re
import xml.etree.ElementTree as ElementTree

from django.http import JsonResponse
from django.views import View
from flask import Flask, abort, jsonify, request
from lxml import etree, html

app = Flask(__name__)
catalogue = etree.parse("catalogue.xml")

FIND_BOOK = etree.XPath("//book[@isbn = $isbn]")
SORTED_BY = {"title": "./title", "price": "./price"}
CURRENCIES = ["EUR", "CHF", "USD"]


@app.post("/login")
def log_in():
    name = request.form["name"]
    accounts = etree.parse("accounts.xml")
    found = accounts.xpath("//account[name/text() = $name]", name=name)
    if not found:
        abort(403)
    return jsonify({"account": found[0].get("id")})


@app.get("/books/<isbn>")
def book(isbn):
    return jsonify([each.findtext("title") for each in FIND_BOOK(catalogue, isbn=isbn)])


@app.get("/books/sorted")
def sorted_books():
    path = SORTED_BY.get(request.args["by"])
    if path is None:
        abort(400)
    return jsonify([each.findtext(path) for each in catalogue.xpath("//book")])


@app.get("/books/<int:year>")
def books_of(year):
    return jsonify(len(catalogue.xpath(f"//book[@year='{year}']")))


@app.get("/prices")
def price():
    currency = request.args.get("currency", "EUR")
    if currency not in CURRENCIES:
        abort(400)
    prices = ElementTree.parse("prices.xml").getroot()
    found = prices.find("./price[@currency='%s']" % currency)
    return jsonify({"price": found.text if found is not None else None})


@app.get("/prices/of")
def prices_of():
    wanted = request.args["currency"]
    prices = ElementTree.parse("prices.xml").getroot()
    return jsonify([each.text for each in prices.iter("price") if each.get("currency") == wanted])


@app.get("/position")
def position():
    word = request.args["word"]
    return jsonify({"at": "a shop of books".find(word)})


class Section(View):
    def get(self, request, chapter):
        anchor = request.GET["anchor"]
        if not re.fullmatch(r"[a-z0-9-]+", anchor):
            return JsonResponse({"error": "no such section"}, status=404)
        page = html.parse("manual.html")
        nodes = page.getroot().xpath("//section[@id='{}']".format(anchor))
        return JsonResponse({"text": [node.text_content() for node in nodes]})
