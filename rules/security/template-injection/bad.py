import bottle
from django import template as django_template
from django.http import HttpResponse
from django.views.decorators.http import require_POST
from flask import Flask, render_template_string, request
from jinja2 import Environment, FileSystemLoader
from mako.template import Template

app = Flask(__name__)
letters = Environment(loader=FileSystemLoader("letters"), autoescape=True)


@app.errorhandler(404)
def not_found(error):
    place = request.args.get("from", "nowhere")  # source
    page = "<h1>Not here</h1><p>You came from " + place + ".</p>"
    return render_template_string(page), 404  # finding: run code on the server


def letter_text(greeting, body):
    return "{}\n\n{}\n\nYours, the shop".format(greeting, body)


@app.post("/letters")
def write_letter():
    text = letter_text("Dear {{ name }},", request.form["body"])  # source
    letter = letters.from_string(text)  # finding: Keep the template constant
    return {"letter": letter.render(name="Ada")}


@app.post("/labels")
def print_label():
    layout = request.get_json()["layout"]  # source
    label = Template(layout)  # finding: `Template` reads
    return {"label": label.render(title="A book")}


@require_POST
def preview(request):
    source = request.POST["source"]  # source
    page = django_template.Template(source)  # finding: settings and secrets
    return HttpResponse(page.render(django_template.Context({"user": request.user})))


def board():
    headline = bottle.request.query["headline"]  # source
    return bottle.template("<h1>%s</h1>" % headline)  # finding: `bottle.template`
