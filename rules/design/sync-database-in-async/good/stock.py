import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import aiosqlite
import psycopg_pool
import redis.asyncio as redis
from fastapi import APIRouter

router = APIRouter()
visits = redis.Redis()
workers = ThreadPoolExecutor(4)
stocks = psycopg_pool.AsyncConnectionPool("dbname=stock", open=False)


@router.get("/stock")
async def stock():
    async with stocks.connection() as connection:
        cursor = await connection.execute("SELECT title, count FROM stock")
        return await cursor.fetchall()


def old_titles():
    with sqlite3.connect("archive.db") as connection:
        return connection.execute("SELECT title FROM book").fetchall()


@router.get("/archive")
async def archive():
    return await asyncio.to_thread(old_titles)


@router.get("/archive/authors")
async def archived_authors():
    def load():
        with sqlite3.connect("archive.db") as connection:
            return connection.execute("SELECT name FROM author").fetchall()

    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(workers, load)


@router.get("/archive/size")
async def archive_size():
    return await asyncio.to_thread(lambda: len(old_titles()))


@router.get("/archive/recent")
async def recently_archived():
    async with aiosqlite.connect("archive.db") as connection:
        cursor = await connection.execute("SELECT title FROM book ORDER BY id DESC LIMIT 10")
        return await cursor.fetchall()


@router.get("/visits")
async def count_visits():
    return await visits.incr("visits")
