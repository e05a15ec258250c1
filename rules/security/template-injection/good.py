import string

from django import template as django_template
from django.http import HttpResponse
from django.views.decorators.http import require_POST
from flask import Flask, abort, render_template, render_template_string, request
from jinja2 import Environment, FileSystemLoader
from jinja2.sandbox import SandboxedEnvironment
from mako.template import Template

app = Flask(__name__)
letters = Environment(loader=FileSystemLoader("letters"), autoescape=True)
others = SandboxedEnvironment(autoescape=True)

LAYOUTS = {"small": "<b>${title}</b>", "large": "<h1>${title}</h1>"}
GREETINGS = ("Dear", "Hello")


@app.errorhandler(404)
def not_found(error):
    place = request.args.get("from", "nowhere")
    page = "<h1>Not here</h1><p>You came from {{ place }}.</p>"
    return render_template_string(page, place=place), 404


@app.get("/hello/<name>")
def hello(name):
    return render_template("hello.html", name=name)


def letter_text(greeting):
    return greeting + " {{ name }},\n\n{{ body }}\n\nYours, the shop"


@app.post("/letters")
def write_letter():
    greeting = request.form["greeting"]
    if greeting not in GREETINGS:
        abort(400)
    letter = letters.from_string(letter_text(greeting))
    return {"letter": letter.render(name="Ada", body=request.form["body"])}


@app.post("/labels")
def print_label():
    label = Template(LAYOUTS.get(request.get_json()["layout"], LAYOUTS["small"]))
    return {"label": label.render(title="A book")}


@app.post("/labels/<int:columns>")
def print_labels(columns):
    page = "{% for label in labels %}{{ label }}{% endfor %}" * columns
    return {"labels": letters.from_string(page).render(labels=request.get_json()["labels"])}


@app.post("/mails")
def write_mail():
    text = string.Template(request.get_json()["text"])
    return {"mail": text.safe_substitute(name="Ada")}


@app.post("/pages")
def own_page():
    page = others.from_string(request.get_json()["page"])
    return {"page": page.render(title="A book")}


@require_POST
def preview(request):
    source = request.POST["source"]
    page = django_template.Template("<pre>{{ source }}</pre>")
    return HttpResponse(page.render(django_template.Context({"source": source})))


def chosen(name):
    template = request.args.get("template")
    app.logger.info("template asked for: %r", template)
    template = "{{ name }}"
    return render_template_string(template, name=name)
