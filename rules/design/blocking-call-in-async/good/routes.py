import asyncio
import queue
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

import anyio
import boto3
import httpx
import openai
import requests
from fastapi import BackgroundTasks, FastAPI
from fastapi.concurrency import run_in_threadpool

from portal import Catalogue, fetch_portal

settings = {}
catalogue = Catalogue()
assistant = openai.AsyncOpenAI()
workers = ThreadPoolExecutor(4)
jobs = queue.Queue()


@asynccontextmanager
async def lifespan(app):
    settings.update(requests.get("https://config.example.com", timeout=5).json())
    await warm_up()
    yield


async def warm_up():
    time.sleep(1)


app = FastAPI(lifespan=lifespan)


@app.post("/billing/{tenant}")
async def billing(tenant: str):
    return {"url": await run_in_threadpool(fetch_portal, tenant)}


@app.get("/billing/{tenant}")
def billing_again(tenant: str):
    return {"url": fetch_portal(tenant)}


@app.get("/many")
async def many():
    async with httpx.AsyncClient(timeout=5) as client:
        return await asyncio.gather(*[client.get(f"https://{n}.example.com") for n in "abc"])


@app.get("/thread")
async def in_thread():
    return await asyncio.to_thread(lambda: requests.get("https://a.example.com", timeout=1).text)


@app.get("/anyio")
async def in_anyio():
    with anyio.move_on_after(3):
        return await anyio.to_thread.run_sync(fetch_portal, "x")


@app.get("/book")
async def book(number: int):
    await asyncio.sleep(0.1)
    time.sleep(0)
    return catalogue.get(number)


@app.get("/version")
async def version():
    process = await asyncio.create_subprocess_exec("git", "rev-parse", "HEAD", stdout=-1)
    out, _ = await process.communicate()
    return {"version": out.decode()}


@app.post("/ask")
async def ask():
    return await assistant.chat.completions.create(model="small", messages=[])


@app.post("/start")
async def start(tasks: BackgroundTasks):
    def work():
        return fetch_portal("x")

    threading.Thread(target=work).start()
    tasks.add_task(work)
    future = workers.submit(work)
    return await asyncio.wrap_future(future)


@app.get("/health")
async def health():
    s3 = boto3.client("s3")
    subprocess.Popen(["true"])
    try:
        return jobs.get(block=False)
    except queue.Empty:
        return s3.meta.region_name


async def main():
    print(fetch_portal("x"))


if __name__ == "__main__":
    asyncio.run(main())
