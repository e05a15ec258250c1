import os

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from flask import Flask, jsonify, request
from flask_cors import CORS

ORIGINS = {"https://app.example.com", "https://admin.example.com"}

prices = FastAPI()
prices.add_middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET"])

stock = FastAPI()
stock.add_middleware(
    CORSMiddleware,
    allow_origins=os.environ["ORIGINS"].split(","),
    allow_credentials=True,
)

admin = FastAPI()
admin.add_middleware(
    CORSMiddleware,
    allow_origin_regex=r"https://\w+\.example\.com",
    allow_credentials=True,
)

shop = Flask(__name__)
CORS(shop)
CORS(shop, origins=["https://app.example.com"], supports_credentials=True)


@shop.get("/me")
def me():
    response = jsonify(name="Ada")
    origin = request.headers.get("Origin")
    if origin in ORIGINS:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Credentials"] = "true"
    return response


@shop.get("/catalogue")
def catalogue():
    response = jsonify([])
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
