# === an address that a library has taken apart: its host is asked, and it is fetched
import httpx
import yarl
import aiohttp
from fastapi import FastAPI, HTTPException
app = FastAPI()
HOSTS = {"a.example.com"}


@app.get("/a")
async def a(u: str):
    url = httpx.URL(u)
    if url.host not in HOSTS:
        raise HTTPException(400)
    async with httpx.AsyncClient() as c:
        return (await c.get(url)).json()


@app.get("/b")
async def b(u: str):
    url = httpx.URL(u)
    async with httpx.AsyncClient() as c:
        return (await c.get(url)).json()  # finding


@app.get("/c")
async def c(u: str):
    url = yarl.URL(u)
    if url.host not in HOSTS:
        raise HTTPException(400)
    async with aiohttp.ClientSession() as s:
        async with s.get(url) as r:
            return await r.json()


@app.get("/d")
async def d(u: str):
    url = yarl.URL(u)
    async with aiohttp.ClientSession() as s:
        async with s.get(url) as r:  # finding
            return await r.json()


@app.get("/e")
async def e(u: str):
    url = httpx.URL(u)
    if url.scheme not in ("http", "https"):
        raise HTTPException(400)
    async with httpx.AsyncClient() as c:
        return (await c.get(url)).json()  # finding
