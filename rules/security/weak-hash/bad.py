import hashlib
import hmac
import os

from Crypto.Hash import SHA1
from Crypto.Signature import pkcs1_15
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from django.utils.crypto import constant_time_compare
from flask import Flask, abort, request

shop = Flask(__name__)
SECRET = os.environ["CALLBACK_SECRET"]


@shop.post("/callback")
def callback():
    text = SECRET + request.form["order"] + request.form["amount"]
    expected = hashlib.md5(text.encode()).hexdigest()  # source
    if not hmac.compare_digest(expected, request.form["signature"]):  # finding: hmac.new(key, data, "sha256")
        abort(403)
    return "", 204


def tag(path):
    digest = hashlib.new("sha1")  # source
    digest.update(SECRET.encode())
    digest.update(path.encode())
    return digest.hexdigest()


def download(request, path):
    return constant_time_compare(tag(path), request.GET["tag"])  # finding: `constant_time_compare` trusts


def sign_release(pem, data):
    key = serialization.load_pem_private_key(pem, password=None)
    return key.sign(data, padding.PKCS1v15(), hashes.SHA1())  # source # finding: SHA-256 under a signature


def sign_certificate(subject, key, authority):
    builder = x509.CertificateBuilder().subject_name(subject).public_key(key)
    return builder.sign(authority, hashes.MD5())  # source # finding: the same for two texts


def sign_letter(key, letter):
    digest = SHA1.new(letter)  # source
    return pkcs1_15.new(key).sign(digest)  # finding: `SHA1.new(letter)`


@shop.post("/tickets")
def make_ticket():
    holder = request.form["holder"]  # source
    store("ticket", hashlib.md5(holder.encode()).hexdigest())  # finding: others with the same hash
    return "", 201


ALGORITHM = "sha1"


@shop.post("/letters")
def keep_letter():
    digest = hashlib.new(ALGORITHM)
    digest.update(request.get_data())  # source # finding: `digest.update` makes a hash
    store("letter", digest.hexdigest())
    return "", 201


def issue(session_token):  # source
    store("issued", hashlib.sha1(session_token.encode()).hexdigest())  # finding: `hashlib.sha1` makes a hash
