from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Book


def cheap_books(db: Session, limit: int):
    statement = select(Book).where(Book.price < limit)
    return db.execute(statement).scalars().all()


def find_book(db: Session, number: int):
    return db.get(Book, number)


def book_label(db: Session, number: int):
    book = find_book(db, number)
    return f"{book.title} ({book.price})"
