# Coroutines are functions whose result is awaited.

import asyncio
import os

import aiosqlite
from fastapi import FastAPI, Request

app = FastAPI()


# === a coroutine's result
async def order_of(request):
    return request.query_params["order"]


async def fixed(request):
    return "title"


@app.get("/books")
async def search(request: Request):
    async with aiosqlite.connect("shop.db") as db:
        await db.execute("SELECT * FROM book ORDER BY " + await order_of(request))  # finding
        await db.execute("SELECT * FROM book ORDER BY " + await fixed(request))


# === a coroutine that runs the query
async def run(query):
    async with aiosqlite.connect("shop.db") as db:
        return await db.execute(query)  # finding


@app.get("/books")
async def search(request: Request):
    await run("SELECT " + request.query_params["x"])
    await run("SELECT id")


# === results of several coroutines at once
async def same(text):
    return text


@app.get("/books")
async def search(request: Request):
    first, second = await asyncio.gather(same("id"), same(request.query_params["x"]))
    await asyncio.create_subprocess_shell("ls " + second)  # finding
    await asyncio.create_subprocess_shell("ls " + first)


# === a coroutine as a task
async def same(text):
    return text


@app.get("/books")
async def search(request: Request):
    task = asyncio.create_task(same(request.query_params["x"]))
    await asyncio.create_subprocess_shell("ls " + await task)  # finding
    await asyncio.create_subprocess_shell("ls " + await asyncio.wait_for(same(request.query_params["x"]), 5))  # finding
    await asyncio.create_subprocess_shell("ls " + await asyncio.wait_for(same("x"), 5))


# === a function run in a thread
def made(text):
    return "ls " + text


def run(command):
    os.system(command)  # finding


@app.get("/books")
async def search(request: Request):
    command = await asyncio.to_thread(made, request.query_params["x"])
    await asyncio.create_subprocess_shell(command)  # finding
    await asyncio.create_subprocess_shell(await asyncio.to_thread(made, "x"))
    await asyncio.to_thread(run, "ls " + request.query_params["x"])
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, run, "ls " + request.query_params["x"])


# === async for
async def words(request):
    for word in request.query_params.getlist("w"):
        yield word


async def marks():
    yield "?"


@app.get("/books")
async def search(request: Request):
    async for word in words(request):
        await asyncio.create_subprocess_shell("ls " + word)  # finding
    async for mark in marks():
        await asyncio.create_subprocess_shell("ls " + mark)
    await asyncio.create_subprocess_shell("ls " + ",".join([word async for word in words(request)]))  # finding
    await asyncio.create_subprocess_shell("ls " + ",".join([mark async for mark in marks()]))


# === the body of a request
@app.post("/books")
async def save(request: Request):
    data = await request.json()
    await asyncio.create_subprocess_shell("ls " + data["name"])  # finding
    await asyncio.create_subprocess_shell("ls " + str(int(data["count"])))
    body = await request.body()
    await asyncio.create_subprocess_shell(b"ls " + body)  # finding


# === a guard that is awaited
from fastapi import HTTPException


async def check(text):
    if text not in ("a", "b"):
        raise HTTPException(400)


async def is_known(text):
    return text in ("a", "b")


@app.get("/books")
async def search(request: Request):
    word = request.query_params["x"]
    await check(word)
    await asyncio.create_subprocess_shell("ls " + word)
    other = request.query_params["y"]
    if await is_known(other):
        await asyncio.create_subprocess_shell("ls " + other)
    await asyncio.create_subprocess_shell("ls " + other)  # finding


# === run from outside the loop
async def main(text):
    await asyncio.create_subprocess_shell("ls " + text)  # finding


def start():
    asyncio.run(main(input()))


# === a coroutine that never ends is made, not waited for
async def watch():
    while True:
        await asyncio.sleep(1)


async def deny():
    raise PermissionError()


@app.get("/books")
async def search(request: Request):
    watching = asyncio.create_task(watch())
    await asyncio.create_subprocess_shell("ls " + request.query_params["x"])  # finding
    watching.cancel()
    await deny()
    await asyncio.create_subprocess_shell("ls " + request.query_params["y"])
