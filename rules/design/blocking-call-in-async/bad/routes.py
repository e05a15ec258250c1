import queue
import smtplib
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import bcrypt
import boto3
import httpx
import openai
from fastapi import APIRouter, HTTPException, UploadFile

from portal import fetch_portal, find_key, with_patience

router = APIRouter()
s3 = boto3.client("s3")
assistant = openai.OpenAI()
client = httpx.Client(timeout=5)
workers = ThreadPoolExecutor(4)
jobs = queue.Queue()


@router.post("/billing/{tenant}")
async def billing(tenant: str):
    return {"url": fetch_portal(tenant)}  # finding: waits for an answer over HTTP in `requests.post`


@router.get("/keys/{number}")
async def key(number: str):
    found = find_key(number)  # finding: `find_key`
    if found is None:
        raise HTTPException(404)
    return found


@router.post("/retry/{tenant}")
async def retry(tenant: str, file: UploadFile):
    await file.read(1)
    return {"url": with_patience(tenant)}  # finding: Use `httpx.AsyncClient`, or run it in a thread


@router.get("/weather")
async def weather():
    return client.get("https://weather.example.com").json()  # finding: make it a plain `def`


@router.get("/poll")
async def poll():
    for _ in range(10):
        if Path("/run/ready").exists():
            return {"ready": True}
        time.sleep(1)  # finding: sleeps
    return {"ready": False}


@router.get("/version")
async def version():
    done = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True)  # finding: process
    return {"version": done.stdout.decode()}


@router.post("/photos")
async def add_photo(file: UploadFile):
    s3.put_object(Bucket="photos", Key="new", Body=await file.read())  # finding: `aioboto3`


@router.post("/ask")
async def ask():
    answer = assistant.chat.completions.create(model="small", messages=[])  # finding: over HTTP
    return answer.choices[0].message.content


@router.post("/hosts")
async def add_host(name: str):
    socket.gethostbyname(name)  # finding: waits for the network


@router.post("/mail")
async def send(text: str):
    with smtplib.SMTP("localhost", timeout=5) as server:  # finding: waits for the network
        server.sendmail("shop@example.com", ["books@example.com"], text)


@router.post("/login")
async def login(word: str):
    kept = Path("/etc/shop/password").read_bytes()
    if not bcrypt.checkpw(word.encode(), kept):  # finding: computes for a long time
        raise HTTPException(403)


@router.get("/report")
async def report():
    future = workers.submit(fetch_portal, "x")
    return future.result()  # finding: waits for another thread


@router.get("/next")
async def next_job():
    return jobs.get()  # finding: waits for another thread


@router.get("/inner")
async def inner():
    def work():
        return httpx.get("https://weather.example.com").text

    return work()  # finding: `work`


@router.get("/terms")
async def terms():
    return Path("terms.txt").read_text()  # finding: waits for the disk
