import os

import jwt
from jose import jwt as jose_jwt
from jwt import decode

KEY = os.environ["JWT_KEY"]


def read(token):
    return jwt.decode(token, KEY, algorithms=["HS256"], options={"verify_exp": False})


def unverified(token):
    return jwt.decode(token, KEY, algorithms=["HS256"], options={"verify_signature": False})


def both(token):
    return jwt.decode(
        token,
        KEY,
        algorithms=["HS256"],
        options={"verify_signature": False, "verify_exp": False},
    )


def with_others(token):
    options = {"require": ["sub"]}
    return jwt.decode(
        token, KEY, algorithms=["RS256"], options={**options, "verify_exp": False}
    )


def positional(token):
    return jwt.decode(token, KEY, ["HS256"], {"verify_exp": False})


def with_jose(token):
    return jose_jwt.decode(token, KEY, algorithms=["HS256"], options={"verify_signature": False})


def imported(token):
    return decode(token, key=KEY, algorithms=["ES256"], options={"verify_signature": False})


def one_line_each(token):
    options_are_written_here = jwt.decode(
        token,
        key=KEY,
        algorithms=["HS512"],
        options={
            "verify_aud": True,
            "verify_exp": False,  # clocks differ
        },
    )
    return options_are_written_here["sub"]


def complete(token):
    return jwt.decode_complete(token, KEY, algorithms=["HS256"], options={"verify_exp": False})


class Tokens:
    def __init__(self, key):
        self.key = key

    def read(self, token):
        return jwt.decode(token, self.key, algorithms=["HS256"], options={"verify_exp": False})


def without_key(token):
    return jwt.decode(token, options={"verify_signature": False})
