# The other database drivers, synchronous and asynchronous, and clients that run commands.

import pymysql, MySQLdb, mysql.connector, oracledb, pyodbc, pymssql, asyncpg, aiopg, aiomysql, aiosqlite, databases, peewee, psycopg, pg8000
from pymongo import MongoClient
from motor.motor_asyncio import AsyncIOMotorClient
from elasticsearch import Elasticsearch, AsyncElasticsearch
import redis, redis.asyncio as aredis
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool, AsyncConnectionPool
from flask import Flask, request
from aiohttp import web
import paramiko, pexpect, invoke

app = Flask(__name__)
pool = ConnectionPool("x")
apool = AsyncConnectionPool("x")
db = databases.Database("x")
pdb = peewee.SqliteDatabase("x.db")


class Person(peewee.Model):
    name = peewee.CharField()

    class Meta:
        database = pdb


@app.get("/x")
def x():
    v = request.args["v"]
    with pymysql.connect(host="x") as c:  # finding: connection-per-request
        with c.cursor(pymysql.cursors.DictCursor) as cur:
            cur.execute("SELECT " + v)  # finding: sql-injection
            cur.execute("SELECT %s", (v,))
    MySQLdb.connect(host="x").cursor().execute("SELECT " + v)  # finding: sql-injection
    m = mysql.connector.connect(host="x")
    mc = m.cursor(dictionary=True)
    mc.execute("SELECT " + v)  # finding: sql-injection
    mc.execute(operation="SELECT " + v)  # finding: sql-injection
    oracledb.connect(user="x").cursor().execute(f"SELECT {v}")  # finding: sql-injection
    pyodbc.connect("x").execute("SELECT " + v)  # finding: sql-injection
    pyodbc.connect("x").cursor().execute("SELECT ?", v)
    pymssql.connect("x").cursor().execute("SELECT " + v)  # finding: sql-injection
    Person.raw("SELECT " + v)  # finding: sql-injection
    pdb.execute_sql("SELECT " + v)  # finding: sql-injection
    Person.select().where(Person.name == v).get()
    with pool.connection() as conn:
        conn.execute("SELECT " + v)  # finding: sql-injection
        conn.cursor(row_factory=dict_row).execute("SELECT %s", [v])
    with psycopg.connect("x") as conn, conn.cursor() as cur:
        cur.execute("SELECT " + v)  # finding: sql-injection
        cur.executemany("INSERT %s", [(v,)])
    ssh = paramiko.SSHClient()
    ssh.connect("h")
    ssh.exec_command("ls " + v)  # finding: command-injection
    pexpect.spawn(v)  # finding: command-injection
    invoke.run("ls " + v)  # finding: command-injection


async def handler(request):
    v = request.query["v"]
    conn = await asyncpg.connect("x")  # finding: connection-per-request
    await conn.fetch("SELECT " + v)  # finding: sql-injection
    await conn.fetch("SELECT $1", v)
    p = await asyncpg.create_pool("x")
    async with p.acquire() as c:
        await c.execute("SELECT " + v)  # finding: sql-injection
    async with aiosqlite.connect("x") as s:
        await s.execute("SELECT " + v)  # finding: sql-injection
        async with s.execute("SELECT ?", (v,)) as cur:
            await cur.fetchall()
    ap = await aiopg.create_pool("x")
    async with ap.acquire() as c2:
        async with c2.cursor() as cur:
            await cur.execute("SELECT " + v)  # finding: sql-injection
    am = await aiomysql.connect(host="x")
    cur = await am.cursor()
    await cur.execute("SELECT " + v)  # finding: sql-injection
    await db.fetch_all("SELECT " + v)  # finding: sql-injection
    await db.fetch_all(query="SELECT :v", values={"v": v})
    async with apool.connection() as c3:
        await c3.execute("SELECT " + v)  # finding: sql-injection
    return web.Response()

app2 = web.Application()
app2.add_routes([web.get("/", handler)])


async def s1():
    MongoClient()["a"]["b"].find_one({})  # finding: sync-database-in-async


async def s2():
    for d in MongoClient().a.b.find({}):  # finding: sync-database-in-async
        print(d)


async def s3():
    await AsyncIOMotorClient().a.b.find_one({})
    await AsyncElasticsearch().search()
    await aredis.from_url("x").get("k")
    r = aredis.Redis()
    await r.get("k")


async def s4():
    Elasticsearch().search()  # finding: sync-database-in-async


async def s5():
    r = redis.from_url("x")
    p = r.pipeline()
    p.set("a", 1)
    p.execute()  # finding: sync-database-in-async


async def s6():
    Person.get_by_id(1)  # finding: sync-database-in-async


async def s7():
    for p in Person.select():  # finding: sync-database-in-async
        print(p)


async def s8():
    with pool.connection() as c:  # finding: sync-database-in-async
        c.execute("SELECT 1")


async def s9():
    Person(name="x").save()  # finding: sync-database-in-async
