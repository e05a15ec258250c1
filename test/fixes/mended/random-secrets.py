import random
import secrets
import string

from django.http import HttpResponse


def make_token():
    return "".join(secrets.choice(string.ascii_letters) for _ in range(32))


def make_password(length=12):
    alphabet = string.ascii_letters + string.digits
    password = "".join(secrets.SystemRandom().choices(alphabet, k=length))
    return password


def create_otp():
    otp = secrets.SystemRandom().randint(100000, 999999)
    return otp


def session_key():
    session_id = f"{secrets.randbits(128):032x}"
    return session_id


def api_key():
    api_key = secrets.token_bytes(16).hex()
    return api_key


def reset():
    reset_token = "".join(secrets.SystemRandom().sample(string.ascii_lowercase, 20))  # one letter each
    return reset_token


def generate_secret():
    letters = []
    for _ in range(24):
        letters.append(random.choice(string.hexdigits))
    secret = "".join(letters)
    return secret


def verification():
    verification_code = str(secrets.SystemRandom().randrange(10**6)).zfill(6)
    return verification_code


def nonce():
    nonce = secrets.SystemRandom().random()
    return nonce


def csrf():
    csrf_token = "%x%x" % (secrets.randbits(64), secrets.randbits(64))
    return csrf_token


def login(request):
    response = HttpResponse("welcome")
    sid = "".join(
        secrets.choice("0123456789abcdef")
        for _ in range(40)
    )
    response.set_cookie("sid", sid, secure=True, httponly=True)
    return response


def pin():
    pin = int(secrets.SystemRandom().uniform(1000, 9999))
    return pin
