import getpass
import hashlib

import bcrypt
from flask import Flask, abort, request, session
from flask_sqlalchemy import SQLAlchemy
from werkzeug.security import generate_password_hash

app = Flask(__name__)
db = SQLAlchemy(app)

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",  # finding: the first of `PASSWORD_HASHERS`
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(80))
    password = db.Column(db.String(200))


class Keeper:
    def __init__(self, store):
        self.store = store

    def remember(self, name, password):
        self.store[name] = hashlib.sha256(password.encode()).hexdigest()  # finding: billions of guesses

    def remember_salted(self, name, passphrase, salt):
        digest = hashlib.sha512()
        digest.update(salt)
        digest.update(passphrase.encode())  # finding: billions of guesses
        self.store[name] = digest.digest()


@app.post("/register")
def register():
    user = User(name=request.form["name"], password=request.form["password"])  # finding: stored as it was typed
    db.session.add(user)
    db.session.commit()
    return "", 201


@app.post("/login")
def login():
    user = User.query.filter_by(name=request.form["name"]).first()
    if user is None or user.password != request.form["password"]:  # finding: compared with
        abort(401)
    session["user"] = user.id
    return "", 204


@app.post("/token")
def token():
    password = request.json["password"]
    user = User.query.filter_by(name=request.json["name"], password=password).first()  # finding: database looks for
    return {"id": user.id}


@app.post("/password")
def change():
    digest = hashlib.md5(request.form["new_password"].encode()).hexdigest()  # finding: billions of guesses
    keep(digest)
    return "", 204


def add_admin():
    password = getpass.getpass()
    salt = bcrypt.gensalt(rounds=4)  # finding: given 4 as cost
    keep(bcrypt.hashpw(password.encode(), salt))


def add_clerk(password, salt):
    keep(hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 1000))  # finding: 1000 iterations
    keep(generate_password_hash(password, method="plain"))  # finding: given `plain`


def sum_up(words):
    # The caller's word for it is all there is to see.
    return hashlib.sha1(words.encode()).hexdigest()  # missed: a password under another name
