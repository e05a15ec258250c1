# What validators of forms let through, and what views are given by the libraries around them.
import os
import re


# === fields of WTForms
from flask import Flask, request
from wtforms import Form, StringField, TextAreaField
from wtforms.validators import AnyOf, Length, Regexp

app = Flask(__name__)


class ToolForm(Form):
    slug = StringField("Slug", [Regexp(r"^[a-z]+$")])
    tool = StringField(validators=[Length(max=9), AnyOf(["a", "b"])])
    odd = StringField(validators=[Regexp(r"[a-z]+")])
    text = TextAreaField(validators=[Length(max=9)])


@app.post("/")
def tool():
    form = ToolForm(request.form)
    if not form.validate():
        return "", 400
    os.system("tool " + form.slug.data)
    os.system("tool " + form.tool.data)
    os.system("tool " + form.odd.data)  # finding: command-injection
    os.system("tool " + form.text.data)  # finding: command-injection
    return ""


# === a form of Django's and the view that is given it
from django import forms
from django.core.validators import MaxLengthValidator, RegexValidator, validate_slug
from django.http import HttpResponse
from django.views.generic import FormView


class HostForm(forms.Form):
    host = forms.CharField(max_length=100)
    lower = forms.CharField()
    slug = forms.SlugField()
    name = forms.CharField(validators=[validate_slug])
    code = forms.CharField(validators=[RegexValidator(r"^\d+\Z")])
    not_code = forms.CharField(validators=[RegexValidator(r"^\d+\Z", inverse_match=True)])
    letters = forms.RegexField(regex=r"^[a-z]+\Z")
    some_letters = forms.RegexField(regex=r"[a-z]+")
    short = forms.CharField(validators=[MaxLengthValidator(9)])

    def clean_host(self):
        host = self.cleaned_data["host"]
        if not re.fullmatch(r"[a-z0-9.-]+", host):
            raise forms.ValidationError("no host")
        return host

    def clean_lower(self):
        return self.cleaned_data["lower"].lower()


class HostView(FormView):
    form_class = HostForm

    def form_valid(self, form):
        os.system("dig " + form.cleaned_data["host"])
        os.system("dig " + form.cleaned_data["slug"])
        os.system("dig " + form.cleaned_data["name"])
        os.system("dig " + form.cleaned_data["code"])
        os.system("dig " + form.cleaned_data["letters"])
        os.system("dig " + form.cleaned_data["lower"])  # finding: command-injection
        os.system("dig " + form.cleaned_data["not_code"])  # finding: command-injection
        os.system("dig " + form.cleaned_data["some_letters"])  # finding: command-injection
        os.system("dig " + form.cleaned_data["short"])  # finding: command-injection
        return HttpResponse("")


# === what a router of Django REST framework finds in the address
from django.db import connection
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.response import Response


class Books(viewsets.ViewSet):
    @action(detail=True, methods=["post"])
    def loans(self, request, pk=None):
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM loan WHERE book = %s" % pk)  # finding: sql-injection
            cursor.execute("SELECT id FROM loan WHERE book = %s", [pk])
        return Response({})

    def retrieve(self, request, pk=None):
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM book WHERE id = %s" % pk)  # finding: sql-injection
        return Response({})


class NumberedBooks(viewsets.ViewSet):
    lookup_value_regex = r"\d+"

    def retrieve(self, request, pk=None):
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM book WHERE id = %s" % pk)
        return Response({})


# === what signs is told by the hash it is given
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding


def certificate(builder, key):
    return builder.sign(key, hashes.SHA1())  # finding: weak-hash


def signature(key, data):
    return key.sign(data, padding.PKCS1v15(), hashes.SHA256())


# === fields of attrs
import attr
from attrs import define, field, validators
from flask import Flask, request

app = Flask(__name__)


@define
class Job:
    kind = field(validator=validators.in_(["a", "b"]))
    name: str = field(validator=validators.matches_re(r"[a-z]+"))
    part = attr.ib(validator=[attr.validators.matches_re(r"[a-z]+", func=re.match)])
    free = field()
    count = field(converter=int)


@app.post("/jobs")
def jobs():
    given = request.form
    job = Job(kind=given["k"], name=given["n"], part=given["p"], free=given["f"], count=given["c"])
    os.system("run " + job.kind)
    os.system("run " + job.name)
    os.system("run %s" % job.count)
    os.system("run " + job.part)  # finding: command-injection
    os.system("run " + job.free)  # finding: command-injection
    return ""


# === what the routes of Pyramid say of their parameters
from pyramid.config import Configurator
from pyramid.response import Response


def book(request):
    os.system("show " + request.matchdict["id"])
    os.system("show " + request.matchdict["title"])  # finding: command-injection
    os.system("show " + request.matchdict["shelf"])  # finding: command-injection
    return Response("")


def main():
    config = Configurator()
    config.add_route("book", r"/books/{id:\d+}/{title}/{shelf:\d+}")
    config.add_route("shelf", "/shelves/{shelf}")
    config.add_view(book, route_name="book")
    return config.make_wsgi_app()
