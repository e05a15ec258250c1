import base64
import hashlib
import hmac
import random
import string

import bcrypt
import jwt
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from itsdangerous import URLSafeTimedSerializer
from werkzeug.security import generate_password_hash

LETTERS = string.ascii_letters + string.digits


def first_password(length=12):
    return "".join(random.choice(LETTERS) for _ in range(length))  # source


def invite(name, email):
    return User.objects.create_user(name, email, first_password())  # finding: take it from `secrets`


def reset(account):
    password = "".join(random.choices(LETTERS, k=16))  # source
    account.hash = make_password(password)  # finding: uses it as a secret
    account.save()
    return password


def reset_pin(account):
    pin = f"{random.randint(0, 999999):06}"  # source
    account.pin = generate_password_hash(pin)  # finding: `random.randint(0, 999999)`
    return pin


def add_guest(guests, name):
    password = ""
    while len(password) < 12:
        password += random.choice(LETTERS)  # source
    guests[name] = bcrypt.hashpw(password.encode(), bcrypt.gensalt())  # finding: `bcrypt.hashpw`
    return password


class Vault:
    def __init__(self):
        self.key = base64.urlsafe_b64encode(random.randbytes(32))  # source

    def put(self, text):
        return Fernet(self.key).encrypt(text.encode())  # finding: can be foretold


def encrypt(key, data):
    start = bytes(random.sample(range(256), 16))  # source
    cipher = Cipher(algorithms.AES(key), modes.CBC(start))  # finding: `modes.CBC`
    return start + cipher.encryptor().update(data)


def sign(generator: random.Random, message):
    key = generator.randbytes(32)  # source
    return key, hmac.new(key, message, hashlib.sha256).hexdigest()  # finding: `hmac.new`


def links():
    secret = str(random.random())  # source
    return URLSafeTimedSerializer(secret)  # finding: `token_urlsafe`


def lend(guests, name):
    pin = "%04d" % random.randrange(10000)  # finding: `pin` is made of numbers
    guests[name] = generate_password_hash(pin)
    return pin


def badge(user):
    key = hashlib.sha256(str(random.random()).encode()).hexdigest()
    return jwt.encode({"sub": user}, key, algorithm="HS256")  # missed: what a hash was made from


def generate_token():
    return "".join(random.choice(LETTERS) for _ in range(32))  # finding: `token` is made of numbers


def make_reset_token(user):
    return "".join(random.choice(LETTERS) for _ in range(32))  # finding: `reset_token` is made of numbers


def ask_for_new_password(account):
    account.reset_token = "".join(random.choices(LETTERS, k=40))  # finding: `reset_token`
    account.save()


def letters(count):
    return "".join(random.choice(LETTERS) for _ in range(count))  # finding: `api_key` is made of numbers


def connect_shop(shop):
    shop.api_key = letters(40)
    shop.save()


def reset_token():
    return "%030x" % random.randrange(16**30)  # finding: `reset_token` is made of numbers
