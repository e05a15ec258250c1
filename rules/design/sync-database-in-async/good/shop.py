import asyncio

from aiohttp import web
from sqlalchemy import select

from database import AsyncSessionLocal, SessionLocal
from models import Base, Book


async def titles(db):
    for book in await db.scalars(select(Book)):
        yield book.title


async def index(request):
    async with AsyncSessionLocal() as db:
        return web.json_response([title async for title in titles(db)])


async def prepare(app):
    # Before the first request.
    with SessionLocal() as db:
        app["books"] = db.query(Book).count()
    await warm_up(app)


async def warm_up(app):
    with SessionLocal() as db:
        app["cheapest"] = db.query(Book).order_by(Book.price).first()


def make_app():
    app = web.Application()
    app.on_startup.append(prepare)
    app.router.add_get("/", index)
    return app


async def report():
    # A script's own loop: nobody else waits.
    task = asyncio.create_task(print_books())
    await task


async def print_books():
    with SessionLocal() as db:
        print(db.query(Book).count())


if __name__ == "__main__":
    asyncio.run(report())
