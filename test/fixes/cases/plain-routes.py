import sqlite3
import time

import requests
from fastapi import APIRouter, Depends, FastAPI
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

app = FastAPI()
router = APIRouter()
engine = create_engine("postgresql://db/shop")


def session():
    with Session(engine) as opened:
        yield opened


@app.get("/a")
async def rows(db: Session = Depends(session)):
    return db.execute(text("SELECT 1")).all()


@app.get("/b")
async def raw():
    return sqlite3.connect("shop.db").execute("SELECT 1").fetchall()


@app.get("/c")
async def over_http():
    return requests.get("https://rates.example.org/today", timeout=5).json()


@app.get("/d")
async def slow():
    time.sleep(1)
    return {}


@router.get("/e")
async def of_a_router(db: Session = Depends(session)):
    return db.execute(text("SELECT 2")).all()


@app.post("/f")
async  def written_oddly():
    time.sleep(2)
    return {}


@app.put("/g")
async def several_lines(
    name: str,
    db: Session = Depends(session),
) -> dict[str, str]:
    db.execute(text("SELECT 3"))
    db.commit()
    return {"name": name}


@app.delete("/h", status_code=204)
async def removed(key: int, db: Session = Depends(session)):  # by its owner
    db.execute(text("DELETE FROM book WHERE id = :key"), {"key": key})


@app.patch("/i")
async def in_a_branch(deep: bool = False):
    if deep:
        requests.post("https://rates.example.org/refresh", timeout=5)
    return {}


@app.get("/j")
async def in_a_try():
    try:
        return requests.get("https://rates.example.org/now", timeout=5).text
    except requests.RequestException:
        return {}


async def wait_a_moment():
    return None


@app.get("/z")
async def it_awaits():
    await wait_a_moment()
    time.sleep(1)
    return {}
