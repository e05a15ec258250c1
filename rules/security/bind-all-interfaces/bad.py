import asyncio
import socket
from http.server import HTTPServer, SimpleHTTPRequestHandler
from wsgiref.simple_server import make_server

import uvicorn
from fastapi import FastAPI
from flask import Flask

HOST = "0.0.0.0"
shop = Flask(__name__)
api = FastAPI()


def listen(port):
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.bind((HOST, port))  # finding: every network
    server.listen()
    return server


def listen_again(port):
    with socket.socket() as server:
        server.bind(("", port))  # finding: let a setting name the address
        server.listen()


def share_files():
    HTTPServer(("0.0.0.0", 8000), SimpleHTTPRequestHandler).serve_forever()  # finding: `127.0.0.1`


def call_center():
    make_server("", 8080, shop).serve_forever()  # finding: not meant for


async def talk(answer):
    server = await asyncio.start_server(answer, "::", 7000)  # finding: every network
    await server.serve_forever()


def serve(host="127.0.0.1", port=8000):
    uvicorn.run(api, host=host, port=port)


def serve_all():
    serve(host="0.0.0.0")  # finding: every network


if __name__ == "__main__":
    shop.run(host="0.0.0.0", port=5000)  # finding: `127.0.0.1`
