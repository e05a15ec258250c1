# Columns that a manager asks for, that belong to somebody, that point to a list of words, or to the other side.


# === the other side of an association
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "postgresql:///indico"
db = SQLAlchemy(app)
favorites = db.Table(
    "favorites",
    db.metadata,
    db.Column("user_id", db.Integer, db.ForeignKey("users.id"), primary_key=True),
    db.Column("category_id", db.Integer, db.ForeignKey("categories.id"), primary_key=True),  # finding: missing-index
)


class User(db.Model):
    __tablename__ = "users"
    id = db.Column(db.Integer, primary_key=True)


class Category(db.Model):
    __tablename__ = "categories"
    id = db.Column(db.Integer, primary_key=True)


def fans(category_id):
    return db.session.query(User).join(favorites).filter(favorites.c.category_id == category_id).all()


# === columns that a manager or a query set asks for
# --- app/models.py
from django.db import models


class TokenQuerySet(models.QuerySet):
    def for_key(self, digest):
        return self.filter(digest=digest)


class VisitManager(models.Manager):
    def of(self, visitor_key):
        return self.get_queryset().filter(visitor_key=visitor_key)


class Shared(models.Manager):
    def with_hash(self, hash):
        return self.filter(hash=hash)


class Token(models.Model):
    digest = models.CharField(max_length=64)  # finding: missing-index
    objects = TokenQuerySet.as_manager()


class Visit(models.Model):
    visitor_key = models.CharField(max_length=64)  # finding: missing-index
    objects = VisitManager()


class FileItem(models.Model):
    hash = models.CharField(max_length=64)
    objects = Shared()


class FileEntry(models.Model):
    hash = models.CharField(max_length=64)
    objects = Shared()


# --- app/settings.py
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql"}}


# === keys of a list of words
from sqlalchemy import Column, Integer, ForeignKey, String, create_engine
from sqlalchemy.orm import declarative_base
engine = create_engine("postgresql://x")
Base = declarative_base()


class Lookup:
    name = Column(String(255), primary_key=True, nullable=False)
    description = Column(String(255), nullable=True)


class Protocol(Lookup, Base):
    __tablename__ = "protocol"


class Listener(Base):
    __tablename__ = "listener"
    id = Column(Integer, primary_key=True)
    protocol = Column(String(16), ForeignKey("protocol.name"), nullable=False)
    pool_id = Column(Integer, ForeignKey("pool.id"))  # finding: missing-index


class Pool(Base):
    __tablename__ = "pool"
    id = Column(Integer, primary_key=True)


# === ids of users without a key
from flask import Flask, jsonify
from sqlalchemy import Column, Text, create_engine
from sqlalchemy.orm import declarative_base, sessionmaker
app = Flask(__name__)
Session = sessionmaker(create_engine("postgresql://x"))
Base = declarative_base()


class Chat(Base):
    __tablename__ = "chat"
    id = Column(Text, primary_key=True)
    user_id = Column(Text)  # finding: missing-index
    title = Column(Text)


@app.get("/chats/<user_id>")
def chats(user_id):
    with Session() as db:
        return jsonify([c.title for c in db.query(Chat).filter_by(user_id=user_id).limit(9)])
