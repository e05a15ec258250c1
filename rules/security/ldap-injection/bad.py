import ldap
from django.http import JsonResponse
from django.views.decorators.http import require_GET
from flask import Flask, abort, jsonify, request
from ldap3 import SUBTREE, Connection, Server

app = Flask(__name__)
PEOPLE = "ou=people,dc=example,dc=com"


def directory():
    connection = ldap.initialize("ldaps://directory.example.com")
    connection.simple_bind_s("cn=reader,dc=example,dc=com", app.config["LDAP_PASSWORD"])
    return connection


@app.post("/login")
def log_in():
    uid = request.form["uid"]  # source
    found = directory().search_s(PEOPLE, ldap.SCOPE_SUBTREE, f"(uid={uid})")  # finding: `ldap.filter.escape_filter_chars`
    if not found:
        abort(403)
    return jsonify({"name": found[0][0]})


@app.get("/units/<unit>")
def people_of(unit):  # source
    base = "ou=" + unit + "," + PEOPLE
    found = directory().search_s(base, ldap.SCOPE_ONELEVEL, "(objectClass=person)")  # finding: `ldap.dn.escape_dn_chars`
    return jsonify([name for name, _ in found])


def mail_filter(mail):
    return "(&(objectClass=person)(mail=%s))" % mail


@require_GET
def by_mail(request):
    mail = request.GET["mail"]  # source
    with Connection(Server("directory.example.com"), auto_bind=True) as connection:
        connection.search(PEOPLE, mail_filter(mail), search_scope=SUBTREE)  # finding: `ldap3.utils.conv.escape_filter_chars`
        return JsonResponse({"found": len(connection.entries)})


@app.get("/telephone")
def telephone():
    name = request.args.get("name", "*")  # source
    connection = Connection("directory.example.com", auto_bind=True)
    pages = connection.extend.standard.paged_search(PEOPLE, "(cn={})".format(name))  # finding: can match any entry
    return jsonify([page["attributes"] for page in pages])
