import os

from Crypto.Cipher import AES, ARC4, DES3
from Cryptodome.Cipher import DES
from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4 as StreamCipher
from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

KEY = os.environ["BACKUP_KEY"].encode()


def encrypt_backup(data):
    cipher = DES.new(KEY[:8], DES.MODE_CBC, iv=os.urandom(8))  # finding: what DES hides
    return cipher.iv + cipher.encrypt(data)


def encrypt_letter(text):
    return ARC4.new(KEY).encrypt(text.encode())  # finding: what RC4 hides


class CardVault:
    def __init__(self, key):
        self.cipher = DES3.new(key, DES3.MODE_EAX)  # finding: Triple DES

    def put(self, number):
        return self.cipher.encrypt(number.encode())


def pad(data):
    padder = padding.PKCS7(128).padder()
    return padder.update(data) + padder.finalize()


def encrypt_note(note):
    cipher = Cipher(algorithms.AES(KEY), modes.ECB())  # finding: equal blocks stay equal
    encryptor = cipher.encryptor()
    return encryptor.update(pad(note.encode())) + encryptor.finalize()


def encrypt_row(row):
    mode = AES.MODE_ECB
    return AES.new(KEY, mode).encrypt(pad(row))  # finding: AES-GCM


def encrypt_stream(chunks):
    stream = StreamCipher(KEY)  # finding: RC4
    encryptor = Cipher(stream, mode=None).encryptor()
    return b"".join(encryptor.update(chunk) for chunk in chunks)


def encrypt_old(data):
    algorithm = algorithms.Blowfish(KEY)  # finding: `Fernet`
    encryptor = Cipher(algorithm, modes.CBC(os.urandom(8))).encryptor()
    return encryptor.update(pad(data)) + encryptor.finalize()
