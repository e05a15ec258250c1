from fastapi import Depends, FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session

import crud
from database import SessionLocal, get_db
from deps import SessionDep
from models import Book

app = FastAPI()


@app.get("/books")
async def list_books(db: Session = Depends(get_db)):
    return db.query(Book).all()  # finding: `list_books` is `async`


@app.get("/books/search")
async def search_books(title: str, db: SessionDep):
    statement = select(Book).where(Book.title == title)
    return db.scalars(statement).all()  # finding: `search_books` is `async`


@app.get("/books/count")
async def count_books(db=Depends(get_db)):
    return db.query(Book).count()  # finding: `count_books` is `async`


@app.get("/books/cheap")
async def cheap_books(limit: int, db: SessionDep):
    return crud.cheap_books(db, limit)  # finding: `crud.cheap_books`


@app.get("/books/{number}/label")
async def book_label(number: int, db: SessionDep):
    return crud.book_label(db, number)  # finding: `crud.book_label`


@app.post("/books")
async def add_book(title: str, price: int):
    with SessionLocal() as db:
        db.add(Book(title=title, price=price))
        db.commit()  # finding: `add_book` is `async`


@app.get("/books/first")
async def first_book(db: SessionDep):
    def load():
        return db.query(Book).order_by(Book.id).first()

    return load()  # finding: `first_book` is `async`
