import os

import paramiko
from Crypto.PublicKey import ECC, RSA
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

BITS = {"short": 2048, "long": 4096}
CHUNK = 1024


def new_licence_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=3072)


def new_host_key(path, bits=2 * CHUNK):
    key = paramiko.RSAKey.generate(bits)
    key.write_private_key_file(path)


def new_signing_key(kind):
    size = 1024
    size = BITS.get(kind, 2048)
    return RSA.generate(size)


def new_configured_key():
    bits = int(os.environ.get("KEY_BITS", "3072"))
    if bits < 2048:
        raise ValueError("KEY_BITS must be 2048 or more")
    return RSA.generate(bits)


def new_token_key():
    return ec.generate_private_key(ec.SECP256R1())


def new_badge_key():
    return ECC.generate(curve="P-256")


def new_letter_key():
    return ed25519.Ed25519PrivateKey.generate()


def read_in_chunks(path):
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
