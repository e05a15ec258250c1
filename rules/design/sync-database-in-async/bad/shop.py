import asyncio

import duckdb
from aiohttp import web
from sqlalchemy import select
from supabase import create_client

from database import SessionLocal
from models import Book

store = create_client("https://shop.supabase.co", "public")
sales = duckdb.connect("sales.db")


async def titles(db):
    for book in db.scalars(select(Book)):  # finding: `titles` is `async`
        yield book.title


async def index(request):
    with SessionLocal() as db:
        return web.json_response([title async for title in titles(db)])


async def orders(request):
    rows = store.table("order").select("*").eq("open", True).execute()  # finding: `orders`
    return web.json_response(rows.data)


async def count_sales(request):
    return web.json_response(sales.execute("SELECT count(*) FROM sale").fetchone())  # finding: `count_sales`


async def keep_counting(app):
    while True:
        with SessionLocal() as db:
            app["books"] = db.query(Book).count()  # finding: `keep_counting`
        await asyncio.sleep(60)


async def begin(app):
    app["counting"] = asyncio.create_task(keep_counting(app))


def make_app():
    app = web.Application()
    app.on_startup.append(begin)
    app.router.add_get("/", index)
    app.router.add_get("/orders", orders)
    app.router.add_get("/sales", count_sales)
    return app
