from sqlmodel import Field, Session, SQLModel, select


class Book(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    title: str


class Review(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    book_id: int = Field(foreign_key="book.id")  # finding: `review.book_id`
    text: str


def reviews_of(session: Session, book: Book):
    return session.exec(select(Review).where(Review.book_id == book.id)).all()
