import io
import xml.etree.ElementTree as ElementTree
import xml.sax
from xml.dom import minidom, pulldom
from xml.sax.handler import feature_external_ges, feature_namespaces

import defusedxml.ElementTree
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST
from fastapi import FastAPI, Request
from flask import Flask, jsonify, request
from lxml import etree, html

app = Flask(__name__)
api = FastAPI()

STRICT = etree.XMLParser(resolve_entities=False, no_network=True)
TRUSTING = etree.XMLParser(resolve_entities=True, huge_tree=True)
SETTINGS = etree.parse("settings.xml", TRUSTING)


@app.post("/orders")
def order():
    tree = etree.fromstring(request.get_data(), STRICT)
    return jsonify(book=tree.findtext("book"))


@app.post("/plain")
def plain():
    tree = etree.fromstring(request.get_data(), parser=STRICT)
    other = ElementTree.fromstring(request.get_data())
    third = defusedxml.ElementTree.fromstring(request.get_data())
    fourth = minidom.parseString(request.get_data())
    return jsonify(tags=[tree.tag, other.tag, third.tag, fourth.documentElement.tagName])


@app.post("/large")
def large():
    parser = etree.XMLParser(huge_tree=True, resolve_entities=False)
    return jsonify(tag=etree.fromstring(request.data, parser).tag)


@app.post("/internal")
def internal():
    parser = etree.XMLParser(resolve_entities="internal")
    return jsonify(tag=etree.fromstring(request.data, parser).tag)


@app.post("/checked")
def checked():
    parser = etree.XMLParser(load_dtd=True)
    return jsonify(tag=etree.parse(request.files["order"].stream, parser).getroot().tag)


@app.post("/pages")
def page():
    return jsonify(title=html.fromstring(request.data).findtext(".//title"))


@app.post("/prices")
def prices():
    events = etree.iterparse(io.BytesIO(request.data), events=("end",), tag="price")
    return jsonify(count=sum(1 for _ in events))


@app.get("/template")
def template():
    name = request.args["name"]
    root = etree.fromstring("<order><name/></order>", TRUSTING)
    root[0].text = name
    return jsonify(order=etree.tostring(root).decode())


@require_POST
def settings(request: HttpRequest):
    parser = TRUSTING
    parser = STRICT
    return JsonResponse({"tag": etree.fromstring(request.body, parser).tag})


@api.post("/titles")
async def titles(upload: Request):
    parser = xml.sax.make_parser()
    parser.setFeature(feature_namespaces, True)
    parser.setFeature(feature_external_ges, False)
    parser.parse(io.BytesIO(await upload.body()))
    events = pulldom.parseString((await upload.body()).decode(), parser)
    return {"events": sum(1 for _ in events)}
