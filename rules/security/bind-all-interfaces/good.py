import asyncio
import os
import socket
import struct

import uvicorn
from fastapi import FastAPI
from flask import Flask

LOOPBACK = "127.0.0.1"
ANYWHERE = "0.0.0.0"
shop = Flask(__name__)
api = FastAPI()


class Book:
    def bind(self, cover):
        self.cover = cover


def listen(port):
    server = socket.socket()
    server.bind((LOOPBACK, port))
    Book().bind(("0.0.0.0", port))
    return server


def free_port():
    with socket.socket() as probe:
        probe.bind(("", 0))
        return probe.getsockname()[1]


def hear_group(group, port):
    hearer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    hearer.bind(("", port))
    member = struct.pack("4sl", socket.inet_aton(group), socket.INADDR_ANY)
    hearer.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member)
    return hearer


def is_anywhere(address):
    return address == ANYWHERE


async def talk(answer):
    server = await asyncio.start_server(answer, os.environ.get("HOST", "127.0.0.1"), 7000)
    await server.serve_forever()


def start():
    if os.path.exists("/.dockerenv"):
        shop.run(host="0.0.0.0")
    else:
        shop.run()


if __name__ == "__main__":
    uvicorn.run(api, host="0.0.0.0", port=int(os.environ["PORT"]))
