import asyncio

import asyncpg
import httpx
import redis.asyncio as redis
from fastapi import APIRouter, Depends, FastAPI, Request
from motor.motor_asyncio import AsyncIOMotorClient
from sqlalchemy.orm import selectinload
from sqlmodel import Session, create_engine, select

from guild.models import Loot, Member, Quest

app = FastAPI()
router = APIRouter()
engine = create_engine("postgresql+psycopg://guild@db/guild")


def get_session():
    with Session(engine) as session:
        yield session


async def mongo():
    client = AsyncIOMotorClient("mongodb://db")  # finding: connection-per-request
    return client.guild


async def pool(request: Request):
    return request.app.state.pool


@app.on_event("startup")
async def start():
    app.state.pool = await asyncpg.create_pool("postgresql://guild@db/guild")
    app.state.redis = redis.from_url("redis://cache")


@router.get("/quests")
def quests(session: Session = Depends(get_session)):
    found = session.exec(select(Quest).limit(100)).all()
    return [{"title": quest.title, "owner": quest.owner.nickname} for quest in found]  # finding: n-plus-one-query


@router.get("/quests-fast")
def quests_fast(session: Session = Depends(get_session)):
    found = session.exec(select(Quest).options(selectinload(Quest.owner)).limit(100)).all()
    return [{"title": quest.title, "owner": quest.owner.nickname} for quest in found]


@router.get("/owners/{owner_id}")
def of_owner(owner_id: str, session: Session = Depends(get_session)):
    return session.exec(select(Quest).where(Quest.owner_id == owner_id)).all()


@router.get("/loot/{member_id}")
def loot(member_id: str, session: Session = Depends(get_session)):
    statement = select(Loot, Quest).join(Quest).where(Loot.finder_id == member_id)
    return [{"loot": item.id, "quest": quest.title} for item, quest in session.exec(statement)]


@router.get("/raw")
async def raw():
    connection = await asyncpg.connect("postgresql://guild@db/guild")  # finding: connection-per-request
    try:
        return await connection.fetch("SELECT 1")
    finally:
        await connection.close()


@router.get("/stats")
async def stats(db=Depends(mongo)):
    return await db.stats.find_one({"name": "all"})


@router.get("/avatars")
async def avatars(names: str):
    async with httpx.AsyncClient() as client:
        urls = [f"https://avatars.example.org/{name}" for name in names.split(",")]
        answers = await asyncio.gather(*[client.get(url) for url in urls])
    return [answer.status_code for answer in answers]


@router.get("/first")
async def first(names: str):
    async with httpx.AsyncClient() as client:
        for name in names.split(","):
            answer = await client.get(f"https://avatars.example.org/{name}")
            if answer.status_code == 200:
                break
    return {}


@router.post("/invite")
def invite(ids: list[str], session: Session = Depends(get_session)):
    for each in ids:
        member = session.get(Member, each)
        if member is None:
            continue
        session.delete(member)
    session.commit()


app.include_router(router)
