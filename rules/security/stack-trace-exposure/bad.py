import html
import sys
import sqlite3
import traceback

from aiohttp import web
from django.http import HttpResponseServerError, JsonResponse
from fastapi import FastAPI, HTTPException
from fastapi.responses import JSONResponse, PlainTextResponse
from flask import Flask, jsonify

shop = Flask(__name__)
api = FastAPI()


@shop.post("/orders")
def order():
    try:
        return jsonify(place_order())
    except Exception:
        return jsonify({"error": "failed", "trace": traceback.format_exc()}), 500  # source # finding: is sent by `jsonify`


@shop.errorhandler(500)
def on_error(error):
    lines = traceback.format_exception(error)  # source
    return shop.response_class("".join(lines), 500)  # finding: is returned to the visitor


@shop.get("/stock")
def stock():
    try:
        return count_stock()
    except ValueError:
        trace = traceback.format_exc()  # source
        return f"<pre>{trace}</pre>"  # finding: is returned to the visitor


def describe(kind, error, trace):
    lines = traceback.format_exception(kind, error, trace)  # source
    return "".join(lines).rstrip()


def report(request):
    try:
        return JsonResponse(make_report(request.user))
    except OSError:
        text = html.escape(describe(*sys.exc_info()))
        return HttpResponseServerError(f"<pre>{text}</pre>")  # finding: Log it with `logger.exception`


@api.get("/forecast")
async def forecast(days: int):
    try:
        return await compute_forecast(days)
    except ArithmeticError as error:
        raise HTTPException(500, detail=traceback.format_exc()) from error  # source # finding: `HTTPException`


@api.exception_handler(RuntimeError)
async def on_runtime_error(request, error):
    body = {"error": type(error).__name__, "stack": traceback.format_tb(error.__traceback__)}  # source
    return JSONResponse(body, status_code=500)  # finding: `JSONResponse`


@api.get("/health")
async def health():
    try:
        await ping()
    except ConnectionError:
        return PlainTextResponse(traceback.format_exc(), 503)  # source # finding: who learns paths
    return {"up": True}


@api.get("/prices")
async def prices():
    try:
        return await read_prices()
    except KeyError:
        return {"error": traceback.format_exc()}  # source # finding: is returned to the visitor


@api.get("/offers")
async def offers():
    try:
        return await read_offers()
    except Exception as error:  # source
        return {"error": f"failed: {error}"}  # finding: What the exception `error` says


def stocktaking(request):
    try:
        return JsonResponse(count_stock())
    except Exception as error:  # source
        return JsonResponse({"error": str(error)}, status=500)  # finding: `JsonResponse`


async def upload(request):
    try:
        await store(request)
    except Exception:
        return web.json_response({"trace": traceback.format_exc()}, status=500)  # source # finding: `web.json_response`
    return web.Response(text="stored")


async def returns(request):
    try:
        await take_back(request)
    except (KeyError, sqlite3.Error) as error:  # source
        return web.json_response({"error": str(error)}, status=500)  # finding: `web.json_response`
    return web.Response(text="taken back")
