from django.http import JsonResponse
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from flask import Flask, jsonify, request
from flask_cors import CORS, cross_origin
from starlette.applications import Starlette
from starlette.middleware import Middleware

ORIGINS = ["*"]
prices = FastAPI()
prices.add_middleware(CORSMiddleware, allow_origins=ORIGINS, allow_credentials=True)  # finding: `allow_origins`

stock = Starlette(
    routes=[],
    middleware=[
        Middleware(CORSMiddleware, allow_origin_regex="https?://.*", allow_credentials=True),  # finding: with their own cookies
    ],
)

shop = Flask(__name__)
CORS(shop, supports_credentials=True)  # finding: no list of origins
CORS(shop, resources={r"/api/*": {"origins": "*"}}, supports_credentials=True)  # finding: in `origins`


@shop.get("/me")
@cross_origin(origins="*", supports_credentials=True)  # finding: any site
def me():
    return jsonify(name="Ada")


@shop.after_request
def allow(response):
    response = jsonify({})
    response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]  # finding: list of your own
    response.headers["Access-Control-Allow-Credentials"] = "true"
    return response


def orders(request):
    response = JsonResponse({"orders": []})
    response["Access-Control-Allow-Origin"] = request.headers.get("Origin", "*")  # finding: list of your own
    response["Access-Control-Allow-Credentials"] = "true"
    return response
