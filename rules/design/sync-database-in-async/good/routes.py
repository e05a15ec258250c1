from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

import crud
from database import async_engine, get_async_db, get_db
from deps import AsyncSessionDep, SessionDep
from models import Base, Book


@asynccontextmanager
async def lifespan(app):
    async with async_engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield


app = FastAPI(lifespan=lifespan)


@app.get("/books")
def list_books(db: Session = Depends(get_db)):
    return db.query(Book).all()


@app.get("/books/search")
async def search_books(title: str, db: AsyncSessionDep):
    result = await db.execute(select(Book).where(Book.title == title))
    return result.scalars().all()


@app.get("/books/count")
async def count_books(db: AsyncSession = Depends(get_async_db)):
    return len((await db.scalars(select(Book.id))).all())


@app.get("/books/cheap")
async def cheap_books(limit: int, db: AsyncSessionDep):
    return (await db.scalars(crud.cheap(limit))).all()


@app.get("/books/{number}/label")
async def book_label(number: int, db: SessionDep):
    return await run_in_threadpool(crud.book_label, db, number)


@app.post("/books")
async def add_book(title: str, price: int, db: AsyncSessionDep):
    db.add(Book(title=title, price=price))
    await db.commit()


@app.get("/books/first")
async def first_book(db: AsyncSessionDep):
    def load(session: Session):
        return session.query(Book).order_by(Book.id).first()

    return await db.run_sync(load)
