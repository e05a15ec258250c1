from datetime import datetime

from catalogue.extensions import db

book_tag = db.Table(
    "book_tag",
    db.Column("book_id", db.ForeignKey("book.id"), primary_key=True),
    db.Column("tag_id", db.ForeignKey("tag.id"), primary_key=True),
)


class TimestampMixin:
    created_at = db.Column(db.DateTime, default=datetime.utcnow)


class Publisher(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(80), unique=True)
    books = db.relationship("Book", back_populates="publisher")


class Tag(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(40), index=True)


class Book(TimestampMixin, db.Model):
    id = db.Column(db.Integer, primary_key=True)
    isbn_code = db.Column(db.String(20), index=True)
    publisher_id = db.Column(  # finding: missing-index, `book.publisher_id` has no index
        db.Integer,
        db.ForeignKey("publisher.id", ondelete="CASCADE"),
        nullable=False,
    )
    language_id = db.Column(db.ForeignKey("language.id"))
    is_printed = db.Column(db.Boolean, default=True)
    publisher = db.relationship("Publisher", back_populates="books")
    tags = db.relationship("Tag", secondary=book_tag, lazy="selectin")
    reviews = db.relationship("Review", backref="book", lazy="dynamic")


class Review(TimestampMixin, db.Model):
    id = db.Column(db.Integer, primary_key=True)
    book_id = db.Column(
        db.Integer,
        db.ForeignKey("book.id"),
        index=True,
    )
    member_id = db.Column(db.Integer, db.ForeignKey("member.id"))
    stars = db.Column(db.Integer)


class Member(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    email = db.Column(db.String(200))
    session_token = db.Column(db.String(64))  # finding: missing-index, `load_member`


class Language(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    code = db.Column(db.String(2))
    books = db.relationship("Book")


class Librarian(Member):
    id = db.Column(db.ForeignKey("member.id"), primary_key=True)
    desk = db.Column(db.String(10))


db.Index("uq_member_email", db.func.lower(Member.email), unique=True)
db.Index("ix_review_member", Review.member_id, Review.stars)
