import os

from Crypto.Cipher import AES, DES3, ChaCha20_Poly1305
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY = os.environ["BACKUP_KEY"].encode()
MODES = {"ECB": AES.MODE_GCM, "DES": AES.MODE_EAX}


class DES:
    """Data encryption service: hands text over to another host."""

    @staticmethod
    def new(address):
        return DES()


def encrypt_backup(data):
    cipher = AES.new(KEY, AES.MODE_GCM)
    ciphertext, tag = cipher.encrypt_and_digest(data)
    return cipher.nonce + tag + ciphertext


def encrypt_letter(text):
    cipher = ChaCha20_Poly1305.new(key=KEY)
    ciphertext, tag = cipher.encrypt_and_digest(text.encode())
    return cipher.nonce + tag + ciphertext


def encrypt_note(note):
    nonce = os.urandom(12)
    return nonce + AESGCM(KEY).encrypt(nonce, note.encode(), b"note")


def encrypt_row(row):
    mode = AES.MODE_ECB
    mode = MODES["ECB"]
    return AES.new(KEY, mode).encrypt(row)


def encrypt_stream(chunks):
    encryptor = Cipher(algorithms.AES(KEY), modes.GCM(os.urandom(12))).encryptor()
    return b"".join(encryptor.update(chunk) for chunk in chunks)


def encrypt_word(word):
    return Fernet(KEY).encrypt(word.encode())


def read_old_backup(data):
    cipher = DES3.new(KEY[:24], DES3.MODE_CBC, iv=data[:8])
    return cipher.decrypt(data[8:])


def connect():
    return DES.new("encryption.example.com")
