import peewee
from flask import Flask, jsonify, request

from ledger.models import Account, Entry

app = Flask(__name__)


@app.get("/accounts")
def accounts():
    found = Account.get_or_none(Account.owner_email == request.args["email"])
    return jsonify(found.number)


@app.get("/entries")
def entries():
    query = Entry.select().where(Entry.batch_key == request.args["batch"])
    return jsonify([{"memo": e.memo, "account": e.account.number} for e in query])  # finding: n-plus-one-query


@app.get("/entries-joined")
def entries_joined():
    query = Entry.select(Entry, Account).join(Account).where(Entry.batch_key == "x")
    return jsonify([{"memo": e.memo, "account": e.account.number} for e in query])


@app.get("/totals")
def totals():
    answer = {}
    for account in Account.select().limit(100):
        answer[account.number] = account.entries.count()  # finding: n-plus-one-query
    return jsonify(answer)


@app.get("/totals-grouped")
def totals_grouped():
    query = Account.select(Account, peewee.fn.COUNT(Entry.id).alias("n")).join(Entry).group_by(Account)
    return jsonify({account.number: account.n for account in query})
