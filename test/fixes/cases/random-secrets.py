import random
import string

from django.http import HttpResponse


def make_token():
    return "".join(random.choice(string.ascii_letters) for _ in range(32))


def make_password(length=12):
    alphabet = string.ascii_letters + string.digits
    password = "".join(random.choices(alphabet, k=length))
    return password


def create_otp():
    otp = random.randint(100000, 999999)
    return otp


def session_key():
    session_id = f"{random.getrandbits(128):032x}"
    return session_id


def api_key():
    api_key = random.randbytes(16).hex()
    return api_key


def reset():
    reset_token = "".join(random.sample(string.ascii_lowercase, 20))  # one letter each
    return reset_token


def generate_secret():
    letters = []
    for _ in range(24):
        letters.append(random.choice(string.hexdigits))
    secret = "".join(letters)
    return secret


def verification():
    verification_code = str(random.randrange(10**6)).zfill(6)
    return verification_code


def nonce():
    nonce = random.random()
    return nonce


def csrf():
    csrf_token = "%x%x" % (random.getrandbits(64), random.getrandbits(64))
    return csrf_token


def login(request):
    response = HttpResponse("welcome")
    sid = "".join(
        random.choice("0123456789abcdef")
        for _ in range(40)
    )
    response.set_cookie("sid", sid, secure=True, httponly=True)
    return response


def pin():
    pin = int(random.uniform(1000, 9999))
    return pin
