import sqlite3

import psycopg2
import redis
from fastapi import APIRouter

router = APIRouter()
visits = redis.Redis()


@router.get("/stock")
async def stock():
    connection = psycopg2.connect("dbname=stock")  # finding: `psycopg2.connect`
    cursor = connection.cursor()
    cursor.execute("SELECT title, count FROM stock")
    return cursor.fetchall()


@router.get("/archive")
async def archive():
    with sqlite3.connect("archive.db") as connection:  # finding: `sqlite3.connect`
        return connection.execute("SELECT title FROM book").fetchall()


@router.get("/visits")
async def count_visits():
    return visits.incr("visits")  # finding: `visits.incr`
