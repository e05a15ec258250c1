import xml.etree.ElementTree as ElementTree

from django.http import JsonResponse
from django.views import View
from flask import Flask, abort, jsonify, request
from lxml import etree, html

app = Flask(__name__)
catalogue = etree.parse("catalogue.xml")


@app.post("/login")
def log_in():
    name = request.form["name"]  # source
    accounts = etree.parse("accounts.xml")
    query = "//account[name/text()='" + name + "']"
    found = accounts.xpath(query)  # finding: Pass it as an XPath variable
    if not found:
        abort(403)
    return jsonify({"account": found[0].get("id")})


def by_isbn(isbn):
    return f"//book[@isbn='{isbn}']"


@app.get("/books/<isbn>")
def book(isbn):  # source
    find = etree.XPath(by_isbn(isbn))  # finding: can select any node
    return jsonify([each.findtext("title") for each in find(catalogue)])


@app.get("/prices")
def price():
    currency = request.args.get("currency", "EUR")  # source
    prices = ElementTree.parse("prices.xml").getroot()
    found = prices.find("./price[@currency='%s']" % currency)  # finding: compare the values in Python
    return jsonify({"price": found.text if found is not None else None})


class Section(View):
    def get(self, request, chapter):
        page = html.parse("manual.html")
        anchor = request.GET["anchor"]  # source
        nodes = page.getroot().xpath("//section[@id='{}']".format(anchor))  # finding: becomes part of the path
        return JsonResponse({"text": [node.text_content() for node in nodes]})
