import hashlib
import hmac
import os
import random
import secrets
import string
import time

import bcrypt
import jwt
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.contrib.auth.hashers import make_password

LETTERS = string.ascii_letters + string.digits
KEYS = os.environ["SIGNING_KEYS"].split(",")
system = random.SystemRandom()


def first_password(length=12):
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def reset(account):
    password = "".join(system.choice(LETTERS) for _ in range(16))
    account.hash = make_password(password)
    account.save()
    return password


def add_guest(guests, name):
    password = f"guest-{random.randint(1, 99)}"
    password = secrets.token_urlsafe(12)
    guests[name] = bcrypt.hashpw(password.encode(), bcrypt.gensalt())
    return password


def encrypt(key, data):
    start = os.urandom(16)
    cipher = Cipher(algorithms.AES(key), modes.CBC(start))
    return start + cipher.encryptor().update(data)


def sign(message):
    number = random.randint(0, len(KEYS) - 1)
    return hmac.new(KEYS[number].encode(), message, hashlib.sha256).hexdigest()


def badge(user, until):
    claims = {"sub": user, "exp": until, "jti": f"{random.getrandbits(64):x}"}
    return jwt.encode(claims, KEYS[0], algorithm="HS256")


def sign_with_any(message):
    key = random.choice(KEYS)
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()


def seal(text):
    sealed = Fernet(Fernet.generate_key()).encrypt(text.encode())
    return random.choice([b"even", b"odd"]), sealed


def retry(send, attempts=5):
    for attempt in range(attempts):
        if send():
            return True
        time.sleep(2**attempt + random.random())
    return False


def token_colours(tokens):
    return {token: random.choice(["red", "green", "blue"]) for token in tokens}


def mask_tokens(tokens):
    token = random.choice(tokens)
    return [word if word != token else "?" for word in tokens]


def next_token(words, weights):
    token = random.choices(words, weights=weights)[0]
    return token


def generate_colour():
    return "#%06x" % random.getrandbits(24)


def numbers(count):
    return "".join(random.choice("0123456789") for _ in range(count))


def label(parcel):
    parcel.label = numbers(8)
    parcel.save()


def open_safe(safe):
    safe.secret = os.urandom(random.randint(20, 30)).hex()
    return safe


def encrypt_password(password):
    salt = "".join(random.choice("0123456789abcdef") for _ in range(6))
    return salt, hashlib.scrypt(password.encode(), salt=salt.encode(), n=2**14, r=8, p=1)


def change_password(reader, password):
    reader.password = encrypt_password(password)
