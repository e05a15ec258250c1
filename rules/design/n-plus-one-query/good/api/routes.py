from fastapi import APIRouter, Depends
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, joinedload, selectinload

from .models import Author, Book
from .session import get_async_session, get_session

router = APIRouter()


@router.get("/authors")
def authors(session: Session = Depends(get_session)):
    statement = select(Author).options(selectinload(Author.books))
    return [{"name": a.name, "books": len(a.books)} for a in session.scalars(statement)]


@router.get("/books")
def books(session: Session = Depends(get_session)):
    found = session.query(Book).options(joinedload(Book.author)).all()
    return [{"title": book.title, "by": book.author.name} for book in found]


@router.get("/titles")
def titles(session: Session = Depends(get_session)):
    return {author_id: title for author_id, title in session.execute(select(Book.author_id, Book.title))}


@router.get("/counts")
def counts(session: Session = Depends(get_session)):
    sizes = dict(session.execute(select(Book.author_id, func.count()).group_by(Book.author_id)).all())
    return {author.name: sizes.get(author.id, 0) for author in session.scalars(select(Author))}


@router.post("/lookup")
async def lookup(ids: list[int], session: AsyncSession = Depends(get_async_session)):
    found = await session.scalars(select(Book).where(Book.id.in_(ids)))
    by_id = {book.id: book for book in found}
    return [by_id[book_id].title for book_id in ids if book_id in by_id]


@router.get("/awaited")
async def awaited(session: AsyncSession = Depends(get_async_session)):
    result = await session.execute(select(Book).options(*loading()))
    return [book.author.name for book in result.scalars()]


def loading():
    return [joinedload(Book.author)]


@router.get("/retry")
def retry(session: Session = Depends(get_session)):
    for _attempt in range(5):
        book = session.get(Book, 1)
        if book is not None:
            break
    return book
