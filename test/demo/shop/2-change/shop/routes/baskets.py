"""Baskets: kept in a cookie, or brought along as a shopping list."""

import base64
import pickle

import yaml
from fastapi import APIRouter, HTTPException, Request

router = APIRouter()


@router.get("/basket")
def restore_basket(request: Request):
    saved = request.cookies.get("basket", "")
    basket = pickle.loads(base64.b64decode(saved))
    return {"items": basket}


@router.post("/basket/import")
async def import_list(request: Request):
    items = yaml.safe_load(await request.body())
    if not isinstance(items, list):
        raise HTTPException(422, "A shopping list is a list of product numbers.")
    return {"items": [int(item) for item in items]}
