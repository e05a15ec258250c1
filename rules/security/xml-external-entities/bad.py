import io
import xml.sax
from xml.dom import pulldom
from xml.sax.handler import feature_external_ges

import requests
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST
from fastapi import FastAPI, Request
from flask import Flask, jsonify, request
from lxml import etree, objectify

app = Flask(__name__)
api = FastAPI()

LENIENT = etree.XMLParser(resolve_entities=True, recover=True)


@app.post("/orders")
def order():
    document = request.get_data()  # source
    tree = etree.fromstring(document, LENIENT)  # finding: files of this server
    return jsonify(book=tree.findtext("book"))


def read(file):
    parser = etree.XMLParser(load_dtd=True, no_network=False)
    return etree.parse(file, parser=parser)  # finding: make it send requests


@app.post("/catalogues")
def catalogue():
    upload = request.files["catalogue"]  # source
    return jsonify(root=read(upload.stream).getroot().tag)


@app.post("/prices")
def prices():
    total = 0
    for _, element in etree.iterparse(io.BytesIO(request.data), resolve_entities=True):  # finding: `etree.iterparse` # source
        total += len(element)
    return jsonify(total=total)


@require_POST
def invoices(request: HttpRequest):
    parser = objectify.makeparser(huge_tree=True)
    plain = etree.XMLParser(huge_tree=True)
    body = request.body  # source
    return JsonResponse(
        {
            "own": objectify.fromstring(body, parser).tag,  # missed: a parser from makeparser
            "root": etree.fromstring(body, plain).tag,  # finding: fill the memory
        }
    )


class Titles(xml.sax.ContentHandler):
    def __init__(self):
        super().__init__()
        self.count = 0

    def startElement(self, name, attrs):
        self.count += name == "title"


@api.post("/titles")
async def titles(upload: Request):
    handler = Titles()
    parser = xml.sax.make_parser()
    parser.setContentHandler(handler)
    parser.setFeature(feature_external_ges, True)
    document = await upload.body()  # source
    parser.parse(io.BytesIO(document))  # finding: with external entities on
    return {"titles": handler.count}


def refresh():
    parser = xml.sax.make_parser()
    parser.setFeature("http://xml.org/sax/features/external-general-entities", 1)
    feed = requests.get("https://feeds.example.com/new", timeout=5).text  # source
    return [event for event, _ in pulldom.parseString(feed, parser)]  # finding: make it send requests


@app.post("/notes")
def notes():
    note = etree.fromstring(request.get_data())  # source # finding: Before lxml 5
    return jsonify(text=note.text)
