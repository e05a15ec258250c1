import datetime
import os

import jwt
from jwt import decode, encode

KEY = os.environ["JWT_KEY"]
PRIVATE_KEY = os.environ["PRIVATE_KEY"]
OTHER_KEY = os.environ["OTHER_KEY"]
THIRD_KEY = os.environ["THIRD_KEY"]


def soon():
    return datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=5)


def issue(user):
    return jwt.encode({"sub": user, "exp": soon()}, KEY, algorithm="HS512")


def read(token):
    return jwt.decode(token, KEY, algorithms=["HS512"])


def read_by_name(token):
    return jwt.decode(token, key=KEY, algorithms=["HS512"])


def read_with_options(token):
    return jwt.decode(token, KEY, options={"require": ["exp"]}, algorithms=["HS512"])


def read_with_audience(token):
    return jwt.decode(
        token,
        KEY,
        audience="shop",
        algorithms=["HS512"],  # only ours
    )


def read_with_nothing(token):
    return jwt.decode(token, KEY, algorithms=["HS512"])


def read_in_parts(token):
    return jwt.decode_complete(token, KEY, algorithms=["HS512"])


def issue_by_default(user):
    return encode({"sub": user, "exp": soon()}, OTHER_KEY)


def read_imported(token):
    return decode(token, OTHER_KEY, algorithms=["HS256"])["sub"]


def read_imported_by_name(token):
    claims = decode(jwt=token, key=OTHER_KEY, leeway=5, algorithms=["HS256"])
    return claims["sub"]


class Tokens:
    def __init__(self, key):
        self.key = key

    def issue(self, user):
        return jwt.encode({"sub": user, "exp": soon()}, self.key, algorithm="HS384")

    def read(self, token):
        return jwt.decode(token, self.key, algorithms=["HS384"])

    def read_issuer(self, token):
        return jwt.decode(token, self.key, issuer="shop", algorithms=["HS384"])


def issue_for_partners(user):
    return jwt.encode({"sub": user, "exp": soon()}, PRIVATE_KEY, algorithm="RS256")


def read_of_partners(token, public_key):
    return jwt.decode(token, public_key)


def issue_twice(user, is_long):
    if is_long:
        return jwt.encode({"sub": user, "exp": soon()}, THIRD_KEY, algorithm="HS512")
    return jwt.encode({"sub": user, "exp": soon()}, THIRD_KEY, algorithm="HS256")


def read_either(token):
    return jwt.decode(token, THIRD_KEY)
