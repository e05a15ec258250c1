import re

import ldap
from django.http import JsonResponse
from django.views.decorators.http import require_GET
from flask import Flask, abort, jsonify, request
from ldap.dn import escape_dn_chars
from ldap.filter import escape_filter_chars, filter_format
from ldap3 import SUBTREE, Connection, Server
from ldap3.utils import conv

app = Flask(__name__)
PEOPLE = "ou=people,dc=example,dc=com"
GROUPS = {"staff": "cn=staff,ou=groups", "guests": "cn=guests,ou=groups"}


def directory():
    connection = ldap.initialize("ldaps://directory.example.com")
    connection.simple_bind_s("cn=reader,dc=example,dc=com", app.config["LDAP_PASSWORD"])
    return connection


@app.post("/login")
def log_in():
    uid = escape_filter_chars(request.form["uid"])
    found = directory().search_s(PEOPLE, ldap.SCOPE_SUBTREE, f"(uid={uid})")
    if not found:
        abort(403)
    return jsonify({"name": found[0][0]})


@app.post("/login/short")
def log_in_short():
    query = filter_format("(&(uid=%s)(objectClass=%s))", [request.form["uid"], "person"])
    return jsonify(len(directory().search_s(PEOPLE, ldap.SCOPE_SUBTREE, query)))


@app.get("/units/<unit>")
def people_of(unit):
    base = "ou=" + escape_dn_chars(unit) + "," + PEOPLE
    found = directory().search_s(base, ldap.SCOPE_ONELEVEL, "(objectClass=person)")
    return jsonify([name for name, _ in found])


@app.get("/groups/<group>")
def members_of(group):
    if group not in GROUPS:
        abort(404)
    query = "(memberOf=" + GROUPS[group] + ",dc=example,dc=com)"
    return jsonify(len(directory().search_s(PEOPLE, ldap.SCOPE_SUBTREE, query)))


@app.get("/numbers/<number>")
def by_number(number):
    if not re.fullmatch(r"[0-9]{4,8}", number):
        abort(400)
    query = "(employeeNumber=%s)" % number
    return jsonify(len(directory().search_s(PEOPLE, ldap.SCOPE_SUBTREE, query)))


@require_GET
def by_mail(request):
    mail = conv.escape_filter_chars(request.GET["mail"])
    with Connection(Server("directory.example.com"), auto_bind=True) as connection:
        connection.search(PEOPLE, f"(&(objectClass=person)(mail={mail}))", search_scope=SUBTREE)
        return JsonResponse({"found": len(connection.entries)})


@app.get("/attributes")
def attributes():
    wanted = request.args.getlist("attribute")
    connection = Connection("directory.example.com", auto_bind=True)
    connection.search(PEOPLE, "(objectClass=person)", attributes=wanted)
    return jsonify(len(connection.entries))
