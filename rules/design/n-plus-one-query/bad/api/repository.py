from sqlalchemy import select
from sqlalchemy.orm import Session

from .models import Author, Book


class BookRepository:
    def __init__(self, session: Session):
        self.session = session

    def by_author(self, author_id: int) -> list[Book]:
        statement = select(Book).where(Book.author_id == author_id)
        return list(self.session.scalars(statement))

    def all_authors(self) -> list[Author]:
        return list(self.session.scalars(select(Author)))
