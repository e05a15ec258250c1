from flask import Blueprint, jsonify, request
from sqlalchemy.orm import joinedload, selectinload

from catalogue.extensions import db
from catalogue.models import Book, Language, Member, Publisher, Review, Tag

bp = Blueprint("books", __name__)


@bp.get("/")
def index():
    page = request.args.get("page", 1, type=int)
    books = Book.query.order_by(Book.id).paginate(page=page, per_page=30)
    return jsonify([{"id": b.id, "publisher": b.publisher.name} for b in books.items])  # finding: n-plus-one-query


@bp.get("/fast")
def fast():
    books = db.session.scalars(
        db.select(Book).options(joinedload(Book.publisher), selectinload(Book.tags)).limit(50)
    )
    return jsonify([{"id": b.id, "publisher": b.publisher.name, "tags": [t.name for t in b.tags]} for b in books])


@bp.get("/by-publisher/<int:publisher_id>")
def by_publisher(publisher_id):
    return jsonify([b.id for b in Book.query.filter_by(publisher_id=publisher_id, is_printed=True)])


@bp.get("/publishers")
def publishers():
    answer = []
    for publisher in Publisher.query.all():
        answer.append({"name": publisher.name, "books": Book.query.filter_by(publisher_id=publisher.id).count()})  # finding: n-plus-one-query
    return jsonify(answer)


@bp.get("/ratings")
def ratings():
    books = Book.query.limit(40).all()
    return jsonify({b.id: b.reviews.filter(Review.stars > 3).count() for b in books})  # finding: n-plus-one-query


@bp.get("/languages")
def languages():
    # A handful of languages.
    return jsonify([{"code": language.code} for language in Language.query.all()])


@bp.post("/tags")
def tags():
    found = []
    for name in request.json["names"]:
        tag = Tag.query.filter_by(name=name).first()  # finding: n-plus-one-query
        if tag is None:
            tag = Tag(name=name)
        found.append(tag.id)
    return jsonify(found)


@bp.post("/import")
def import_books():
    for row in request.json["rows"]:
        book = Book.query.filter_by(isbn_code=row["isbn"]).one_or_none()
        if book is None:
            db.session.add(Book(isbn_code=row["isbn"]))
    db.session.commit()
    return "", 204


@bp.get("/first-free")
def first_free():
    for book in Book.query.all():  # finding: unbounded-query
        if book.reviews.count() == 0:
            break
    return "", 404


def load_member(token):
    return Member.query.filter(Member.session_token == token).one_or_none()


def member_reviews(member_id):
    return Review.query.filter_by(member_id=member_id).all()


def books_tagged(ids):
    return db.session.scalars(db.select(Book).join(Book.tags).where(Tag.id.in_(ids))).all()
