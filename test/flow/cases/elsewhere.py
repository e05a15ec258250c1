# Functions that run in another thread, process or worker.

import os, threading
from concurrent.futures import ThreadPoolExecutor
from celery import Celery, shared_task
from flask import Flask, request
from fastapi import BackgroundTasks, FastAPI
app = Flask(__name__)
celery = Celery()
api = FastAPI()
pool = ThreadPoolExecutor()


# === celery
@celery.task
def a(cmd):
    os.system("x " + cmd)  # finding

@celery.task
def b(cmd):
    os.system("x " + cmd)

@shared_task
def c(cmd):
    os.system("x " + cmd)  # finding

@app.post("/a")
def r():
    a.delay(request.form["x"])
    b.delay("const")
    c.delay(request.form["x"])
    return ""
# === pool
def a(cmd):
    os.system("x " + cmd)  # finding
def b(cmd, n):
    os.system("x " + cmd)
def c(cmd):
    os.system("x " + cmd)  # finding
@app.post("/a")
def r():
    pool.submit(a, request.form["x"])
    pool.submit(b, "x", request.form["x"])
    list(pool.map(c, request.form.getlist("x")))
    return ""
# === background
def a(cmd):
    os.system("x " + cmd)  # finding
@api.post("/a")
def r(x: str, tasks: BackgroundTasks):
    tasks.add_task(a, x)
    return ""
