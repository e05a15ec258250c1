from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from .models import Author, Book
from .repository import BookRepository
from .session import get_async_session, get_session

router = APIRouter()


@router.get("/authors")
def authors(session: Session = Depends(get_session)):
    listing = []
    for author in session.scalars(select(Author)):
        listing.append({"name": author.name, "books": len(author.books)})  # finding: options(selectinload(Author.books))
    return listing


@router.get("/books")
def books(session: Session = Depends(get_session)):
    return [{"title": b.title, "by": b.author.name} for b in session.query(Book).all()]  # finding: once for each `Book`


@router.get("/shelves")
def shelves(session: Session = Depends(get_session)):
    repository = BookRepository(session)
    return {
        author.name: repository.by_author(author.id)  # finding: leads to a query of `Book`
        for author in repository.all_authors()
    }


@router.post("/lookup")
async def lookup(ids: list[int], session: AsyncSession = Depends(get_async_session)):
    found = []
    for book_id in ids:
        book = await session.get(Book, book_id)  # finding: ask once before the loop
        if book is not None:
            found.append(book.title)
    return found


@router.get("/latest")
def latest(session: Session = Depends(get_session)):
    newest = {}
    for author in session.query(Author).order_by(Author.name):
        newest[author.name] = (
            session.query(Book)  # finding: ask once before the loop
            .filter(Book.author_id == author.id)
            .order_by(Book.id.desc())
            .first()
        )
    return newest
