import logging
import traceback
import uuid

from aiohttp import web
from django.conf import settings
from django.http import HttpResponseServerError, JsonResponse
from fastapi import FastAPI, HTTPException
from fastapi.responses import JSONResponse
from flask import Flask, current_app, jsonify

shop = Flask(__name__)
api = FastAPI()
logger = logging.getLogger(__name__)


@shop.post("/orders")
def order():
    try:
        return jsonify(place_order())
    except Exception:
        number = uuid.uuid4().hex
        logger.error("order %s failed\n%s", number, traceback.format_exc())
        return jsonify({"error": "failed", "trace": number}), 500


@shop.get("/stock")
def stock():
    try:
        return count_stock()
    except ValueError:
        trace = traceback.format_exc()
        logger.warning(trace)
        trace = "The stock could not be counted."
        return f"<pre>{trace}</pre>", 500


@shop.errorhandler(500)
def on_error(error):
    trace = traceback.format_exc() if current_app.debug else "failed"
    return jsonify({"error": trace}), 500


def report(request):
    try:
        return JsonResponse(make_report(request.user))
    except OSError:
        if not settings.DEBUG:
            return HttpResponseServerError("The report could not be made.")
        return HttpResponseServerError(traceback.format_exc())


def failures(request):
    lines = len(traceback.format_stack())
    return JsonResponse({"depth": lines, "known": "KeyError" in traceback.format_exc()})


@api.get("/forecast")
async def forecast(days: int):
    if days < 1:
        raise HTTPException(422, detail="days must be 1 or more")
    try:
        return await compute_forecast(days)
    except ArithmeticError as error:
        logger.exception("forecast failed")
        raise HTTPException(500, detail="failed") from error


@api.exception_handler(RuntimeError)
async def on_runtime_error(request, error):
    logger.error("".join(traceback.format_exception(error)))
    return JSONResponse({"error": type(error).__name__}, status_code=500)


async def upload(request):
    try:
        await store(request)
    except Exception:
        traceback.print_exc()
        return web.json_response({"error": "failed"}, status=500)
    return web.Response(text="stored")


@shop.post("/baskets")
def fill():
    try:
        return jsonify(fill_basket())
    except ValueError as error:
        return jsonify({"error": str(error)}), 400
    except Exception as error:
        logger.error("basket: %r", error)
        return jsonify({"error": type(error).__name__, "code": error.code}), 500
