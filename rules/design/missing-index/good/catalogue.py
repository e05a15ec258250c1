from sqlmodel import Field, Session, SQLModel, select


class Book(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    title: str


class ReviewBase(SQLModel):
    book_id: int = Field(foreign_key="book.id", index=True)
    text: str


class Review(ReviewBase, table=True):
    id: int | None = Field(default=None, primary_key=True)


class ReviewIn(SQLModel):
    book_id: int
    text: str


def reviews_of(session: Session, book: Book):
    return session.exec(select(Review).where(Review.book_id == book.id)).all()
