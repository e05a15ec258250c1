import paramiko
import rsa as plain_rsa
from Crypto.PublicKey import DSA, ECC, RSA
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

DEFAULT_BITS = 1024


def new_licence_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=1024)  # finding: a key of 1024 bits


def new_host_key(path, bits=DEFAULT_BITS):
    key = paramiko.RSAKey.generate(bits)  # finding: at least 2048
    key.write_private_key_file(path)


def new_signing_key(fast):
    size = 512 * 2 if fast else 3072
    return RSA.generate(size)  # finding: `RSA.generate`


def new_old_key():
    return DSA.generate(bits=1024).export_key()  # finding: a key of 1024 bits


class TokenKeys:
    curve = ec.SECP192R1()

    def make(self):
        key = ec.generate_private_key(self.curve)  # finding: `SECP192R1`
        return key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )


def new_badge_key():
    curve = "P-192"
    return ECC.generate(curve=curve)  # finding: `P-192`


def new_letter_keys():
    public, private = plain_rsa.newkeys(512)  # finding: a key of 512 bits
    return public, private
