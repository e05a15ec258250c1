// Queries that a loop repeats, in the ways that the mappers have of writing one.

import { describe, expect, test } from "vitest";
import { analysisOf } from "./an-analysis.ts";

function repeated(files: string | Readonly<Record<string, string>>): readonly string[] {
  return analysisOf(files)
    .findings.filter(({ rule }) => rule === "design/n-plus-one-query")
    .map(({ place, symbol }) => `${symbol}:${place.startLine}`);
}

const flask = `
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy()

class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    orders = db.relationship("Order", backref="user")

class Order(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    user_id = db.Column(db.Integer, db.ForeignKey("user.id"), index=True)
    items = db.relationship("Item", lazy="dynamic")
    lines = db.relationship("Item", lazy="selectin", viewonly=True)

class Item(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    order_id = db.Column(db.Integer, db.ForeignKey("order.id"), index=True)

`;

const repository = `
from typing import Self
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Member(Base):
    __tablename__ = "member"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(index=True)

class Repository:
    def __init__(self, session: AsyncSession):
        self.session = session
    @classmethod
    def from_session(cls, session: AsyncSession) -> Self:
        return cls(session)
    async def one(self, statement):
        result = await self.session.execute(statement)
        return result.scalar_one_or_none()

class MemberRepository(Repository):
    async def by_customer(self, customer_id):
        return await self.one(select(Member).where(Member.customer_id == customer_id))
    async def by_customers(self, ids):
        result = await self.session.scalars(select(Member).where(Member.customer_id.in_(ids)))
        return {member.customer_id: member for member in result}

`;

const peewee = `
from peewee import CharField, ForeignKeyField, Model

class Author(Model):
    name = CharField()

class Book(Model):
    author = ForeignKeyField(Author, backref="books")

`;

const tortoise = `
from tortoise import fields
from tortoise.models import Model

class Event(Model):
    id = fields.IntField(pk=True)
    team_id = fields.IntField(db_index=True)

`;

describe("is told", () => {
  test.each([
    ["a backref", `${flask}def names():\n    return [order.user for order in Order.query.all()]\n`],
    [
      "a query that a relation is",
      `${flask}def sizes():\n    return [order.items.count() for order in Order.query]\n`,
    ],
    [
      "a relation of a page's rows",
      `${flask}def page():\n    found = Order.query.paginate(page=1)\n    return [order.user for order in found.items]\n`,
    ],
    [
      "a repository's query",
      `${repository}async def members(session, customers):\n    repo = MemberRepository.from_session(session)\n    return [await repo.by_customer(c.id) for c in customers]\n`,
    ],
    [
      "Peewee's foreign key",
      `${peewee}def authors():\n    return [book.author.name for book in Book.select()]\n`,
    ],
    [
      "Peewee's row by its key",
      `${peewee}def books(ids):\n    return [Book.get_by_id(i) for i in ids]\n`,
    ],
    [
      "an awaited query of Tortoise",
      `${tortoise}async def events(teams):\n    return [await Event.filter(team_id=team) for team in teams]\n`,
    ],
  ])("%s", (_, code) => {
    expect(repeated(code)).toHaveLength(1);
  });
});

describe("is left alone", () => {
  test.each([
    [
      "a relation that comes with its row",
      `${flask}def sizes():\n    return [len(order.lines) for order in Order.query.all()]\n`,
    ],
    [
      "the way back to the row at hand",
      `${flask}def pairs():\n    user = User.query.first()\n    return [order.user.id for order in user.orders]\n`,
    ],
    [
      "a repository's batch",
      `${repository}async def members(session, batches):\n    repo = MemberRepository(session)\n    return [await repo.by_customers(ids) for ids in batches]\n`,
    ],
    [
      "a join of Peewee",
      `${peewee}def authors():\n    books = Book.select(Book, Author).join(Author)\n    return [book.author.name for book in books]\n`,
    ],
    [
      "a batch of Tortoise",
      `${tortoise}async def events(chunks):\n    return [await Event.filter(team_id__in=chunk) for chunk in chunks]\n`,
    ],
    [
      "a query that does not ask by the loop's row",
      `${tortoise}async def events(teams):\n    return [await Event.all() for team in teams]\n`,
    ],
    [
      "a method of that name on something else",
      `def names(client, ids):\n    return [client.objects.get(pk=i) for i in ids]\n`,
    ],
  ])("%s", (_, code) => {
    expect(repeated(code)).toEqual([]);
  });

  test.each([
    "tests/test_shop.py",
    "shop/migrations/0002_fill.py",
    "shop/management/commands/fill.py",
  ])("a loop in %s", (path) => {
    const code = `${peewee}def books(ids):\n    return [Book.get_by_id(i) for i in ids]\n`;

    expect(repeated({ [path]: code })).toEqual([]);
  });
});
