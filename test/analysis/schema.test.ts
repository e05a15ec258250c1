// Which columns are said to lack an index: what is told, and the many shapes of which nothing is.

import { describe, expect, test } from "vitest";
import { loadEngine } from "../../src/load-engine.ts";

const engine = await loadEngine();

const imports = `
from datetime import datetime
from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Index, Integer, String
from sqlalchemy import MetaData, Table, UniqueConstraint, and_, create_engine, func, or_, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship
`;
const base = `${imports}
class Base(DeclarativeBase):
    pass

class Customer(Base):
    __tablename__ = "customer"
    id: Mapped[int] = mapped_column(primary_key=True)
`;

/** A model of orders with these lines beside its key. */
function orders(...lines: readonly string[]): string {
  const body = ["id: Mapped[int] = mapped_column(primary_key=True)", ...lines];
  return `${base}
class Order(Base):
    __tablename__ = "order"
${body.map((line) => `    ${line}`).join("\n")}
`;
}

const customerId = 'customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))';
const postgres = 'engine = create_engine("postgresql+psycopg://shop@db/shop")\n';
const byCustomer = `
def orders_of(session, customer):
    return session.scalars(select(Order).where(Order.customer_id == customer.id)).all()
`;
const django = "from django.db import models\n\n";

function findings(files: string | Readonly<Record<string, string>>) {
  const given = typeof files === "string" ? { "shop/models.py": files } : files;
  const sources = Object.entries(given).map(([path, code]) => ({ path, text: code }));
  return engine.analyze(sources).findings.filter(({ rule }) => rule === "design/missing-index");
}

/** The columns told of: the words between backticks that name a table and a column. */
function columns(files: string | Readonly<Record<string, string>>): readonly string[] {
  return findings(files).flatMap(({ message }) =>
    Array.from(
      message.matchAll(/`(\w+\.\w+)`(?=,| and `| has| have| comes)/gu),
      ([, name = ""]) => name,
    ),
  );
}

describe("a foreign key without an index is told", () => {
  test("with the function that filters by it, as a grave one on PostgreSQL", () => {
    const [finding] = findings(orders(customerId) + postgres + byCustomer);

    expect(finding).toMatchObject({ severity: "high", confidence: "high", symbol: "Order" });
    expect(finding?.message).toBe(
      "`order.customer_id` has no index: PostgreSQL makes none for a foreign key, and `orders_of` (shop/models.py:21) filters by it, so that each such query reads the whole table. Add `index=True`.",
    );
    expect(finding?.trace.map(({ words, place }) => [place.startLine, words])).toEqual([
      [17, "is declared without an index"],
      [21, "is filtered by here"],
    ]);
  });

  test("when the database is not known, as a lesser one", () => {
    expect(findings(orders(customerId) + byCustomer)).toMatchObject([
      { severity: "medium", confidence: "medium" },
    ]);
  });

  test("when nothing but the key itself is known", () => {
    expect(columns(orders(customerId))).toEqual(["order.customer_id"]);
  });

  test("when the database deletes by it", () => {
    const code = orders('customer_id = mapped_column(ForeignKey(Customer.id, ondelete="CASCADE"))');

    expect(findings(code + postgres)).toMatchObject([
      { severity: "high", message: expect.stringContaining("deleting a row of `customer`") },
    ]);
  });

  test("of a composite key, when it stands behind another column and is asked for", () => {
    const code = `${base}
class Favourite(Base):
    __tablename__ = "favourite"
    book_id = Column(Integer, primary_key=True)
    customer_id = Column(ForeignKey("customer.id"), primary_key=True)
`;
    const query =
      "\ndef of(session, c):\n    return session.query(Favourite).filter_by(customer_id=c)\n";

    expect(columns(code)).toEqual([]);
    expect(columns(code + query)).toEqual(["favourite.customer_id"]);
  });

  test("once for a table, with every column, and known by all of them", () => {
    const [one] = findings(orders(customerId));
    const both = findings(
      orders(customerId, 'seller_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))'),
    );

    expect(both).toHaveLength(1);
    expect(both[0]?.message).toContain("`order.customer_id` and `order.seller_id` have no index");
    expect(both[0]?.code).not.toBe(one?.code);
  });

  test("with an index of both columns where both are asked for", () => {
    const query = `
def find(session, c, r):
    return session.query(Order).filter(Order.customer_id == c, Order.reference == r).all()
`;

    expect(findings(orders(customerId, "reference: Mapped[str]") + query)[0]?.message).toContain(
      '`Index("ix_order_customer_id_reference", "customer_id", "reference")`',
    );
  });

  test.each([
    ["a mixin", 'class Owned:\n    customer_id = Column(ForeignKey("customer.id"))\n'],
    [
      "a declared attribute",
      'class Owned:\n    @declared_attr\n    def customer_id(cls):\n        return Column(ForeignKey("customer.id"))\n',
    ],
    [
      "an annotated type",
      'from typing import Annotated\ncustomer_key = Annotated[int, mapped_column(ForeignKey("customer.id"))]\nclass Owned:\n    customer_id: Mapped[customer_key]\n',
    ],
  ])("where it comes from %s", (_name, code) => {
    const model = `${base}\n${code}\nclass Order(Owned, Base):\n    __tablename__ = "order"\n    id = Column(Integer, primary_key=True)\n`;

    expect(columns(model)).toEqual(["order.customer_id"]);
  });

  test("where the table is named by its base", () => {
    const code = `${imports}
from sqlalchemy.ext.declarative import declarative_base

class Named:
    @declared_attr
    def __tablename__(cls):
        return cls.__name__.lower()

Base = declarative_base(cls=Named)

class Order(Base):
    id = Column(Integer, primary_key=True)
    customer_id = Column(ForeignKey("customer.id"))
`;

    expect(columns(code)).toEqual(["order.customer_id"]);
  });

  test.each([
    ["a constraint", 'ForeignKeyConstraint(["customer_id"], ["customer.id"])', "Integer"],
    ["the column", "Column('total', Integer)", 'ForeignKey("customer.id")'],
  ])("in a plain table, declared by %s", (_name, item, type) => {
    const code = `${imports}\norders = Table("order", MetaData(), Column("id", Integer, primary_key=True), Column("customer_id", ${type}), ${item})\n`;

    expect(columns(code)).toEqual(["order.customer_id"]);
  });

  test("in Flask-SQLAlchemy, whose tables name themselves", () => {
    const code = `
from flask_sqlalchemy import SQLAlchemy
db = SQLAlchemy()

class OrderLine(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    order_id = db.Column(db.ForeignKey("order.id"))

def lines_of(order):
    return OrderLine.query.filter_by(order_id=order.id).all()
`;

    expect(findings(code)[0]?.message).toContain("`order_line.order_id` has no index");
    expect(findings(code)[0]?.message).toContain("`lines_of`");
  });

  test("that a function asks for through another that begins the query", () => {
    const code = `${orders(customerId)}
def open_query(session, model):
    return session.query(model)

def orders_query(session):
    return open_query(session, Order).order_by(Order.id)

def orders_of(session, c):
    return orders_query(session).filter_by(customer_id=c).all()
`;

    expect(findings(code)[0]?.message).toContain("`orders_of`");
  });

  test("of Django that is told to have none, when it is asked for", () => {
    const code = `${django}
class Order(models.Model):
    customer = models.ForeignKey("Customer", models.CASCADE, db_index=False)

def orders_of(customer):
    return Order.objects.filter(customer=customer)
`;

    expect(findings(code)[0]?.message).toContain("Leave `db_index=False` out.");
  });

  test.each([
    ["a column", 'op.add_column("order", sa.Column("customer_id", sa.ForeignKey("customer.id")))'],
    ["a constraint", 'op.create_foreign_key("fk", "order", "customer", ["customer_id"], ["id"])'],
    [
      "a batch",
      'with op.batch_alter_table("order") as batch:\n        batch.add_column(sa.Column("customer_id", sa.ForeignKey("customer.id")))',
    ],
  ])("in a migration that adds it by %s", (_name, line) => {
    const code = `import sqlalchemy as sa\nfrom alembic import op\n\ndef upgrade():\n    ${line}\n`;

    expect(findings({ "versions/2.py": code })[0]?.message).toContain(
      '`op.create_index("ix_order_customer_id", "order", ["customer_id"])`',
    );
  });
});

describe("a column that tells rows apart is told where somebody asks for it", () => {
  const token = "token: Mapped[str]";
  const byToken =
    "\ndef find(session, t):\n    return session.query(Order).filter_by(token=t).one()\n";

  test("on a table that grows", () => {
    expect(findings(orders(token) + byToken)).toMatchObject([
      {
        severity: "medium",
        message: expect.stringContaining("`find` (shop/models.py:20) filters by it"),
      },
    ]);
  });

  test("with Django's managers and its shortcut", () => {
    const model = `${django}class Order(models.Model):\n    token = models.CharField(max_length=40)\n\n`;

    expect(columns(`${model}def find(t):\n    return Order.objects.get(token=t)\n`)).toEqual([
      "Order.token",
    ]);
    expect(
      columns(
        `from django.shortcuts import get_object_or_404\n${model}def find(t):\n    return get_object_or_404(Order, token=t)\n`,
      ),
    ).toEqual(["Order.token"]);
  });

  test.each([
    ["nobody asks", orders(token)],
    ["it is unique", orders("token: Mapped[str] = mapped_column(unique=True)") + byToken],
    [
      "another condition finds the row",
      `${orders(token)}\ndef find(session, i, t):\n    return session.query(Order).filter(Order.id == i, Order.token == t).one()\n`,
    ],
    [
      "the query is built in pieces, one of which finds the row",
      `${orders(token)}\ndef find(session, i, t):\n    query = select(Order).where(Order.token == t)\n    found = query.where(Order.id == i)\n    return session.scalar(found)\n`,
    ],
    [
      "it is one of several alternatives",
      `${orders(token)}\ndef find(session, n, t):\n    return session.query(Order).filter(or_(Order.name == n, Order.token == t)).all()\n`,
    ],
    [
      "it is compared otherwise than by equality",
      `${orders(token)}\ndef find(session, t):\n    return session.query(Order).filter(Order.token != t, Order.token.like(t), Order.token.is_(None), Order.token == None).all()\n`,
    ],
    [
      "its values are few",
      `${orders("state_code: Mapped[bool]")}\ndef find(session, s):\n    return session.query(Order).filter_by(state_code=s).all()\n`,
    ],
    [
      "the instance is compared, in Python",
      `${orders(token)}\ndef same(order, t):\n    return order.token == t\n`,
    ],
  ])("but not where %s", (_name, code) => {
    expect(columns(code)).toEqual([]);
  });

  test("but not in tests, migrations, commands and the admin's pages", () => {
    const query = `from shop.models import Order\n${byToken}`;
    const paths = [
      "tests/test_orders.py",
      "shop/migrations/0002_fill.py",
      "shop/management/commands/clean.py",
      "shop/admin.py",
    ];

    for (const path of paths)
      expect(columns({ "shop/models.py": orders(token), [path]: query })).toEqual([]);
    expect(columns({ "shop/models.py": orders(token), "shop/views.py": query })).toEqual([
      "order.token",
    ]);
  });
});

describe("nothing is said of a foreign key", () => {
  test.each([
    [
      "with an index",
      'customer_id = Column(\n        ForeignKey("customer.id"),\n        index=True,\n    )',
    ],
    ["that is unique", 'customer_id = Column(ForeignKey("customer.id"), unique=True)'],
    ["whose index cannot be read", 'customer_id = Column(ForeignKey("customer.id"), **options)'],
    [
      "that leads an index",
      `${customerId}\n    __table_args__ = (Index("ix", "customer_id", "id"),)`,
    ],
    [
      "that leads an index of a list",
      `${customerId}\n    __table_args__: tuple = (Index("ix", customer_id.desc()), {"schema": "shop"})`,
    ],
    [
      "that leads a constraint",
      `${customerId}\n    __table_args__ = (UniqueConstraint("customer_id", "id"),)`,
    ],
    [
      "that leads an index beside the base's own",
      `${customerId}\n    __table_args__ = (*Base.__table_args__, Index("ix", "customer_id"))`,
    ],
    [
      "that a declared attribute gives an index",
      `${customerId}\n    @declared_attr.directive\n    def __table_args__(cls):\n        return (Index("ix", cls.customer_id),)`,
    ],
    [
      "of a table whose arguments cannot be read",
      `${customerId}\n    __table_args__ = table_arguments("order")`,
    ],
    [
      "with an index of the rows that have one",
      `${customerId}\n    __table_args__ = (Index("ix", "customer_id", postgresql_where=text("customer_id IS NOT NULL")),)`,
    ],
    [
      "with an index behind the mark of deleted rows",
      `${customerId}\n    __table_args__ = (Index("ix", "deleted", "customer_id"),)`,
    ],
    ["to a table that stays small", 'status_id = Column(ForeignKey("order_status.id"))'],
    ["that is a relationship only", 'customer = relationship("Customer", foreign_keys=["x"])'],
  ])("%s", (_name, line) => {
    expect(columns(orders(line))).toEqual([]);
  });

  test("that a partial or a special index does not help is told", () => {
    const partly = `${customerId}\n    __table_args__ = (Index("ix", "customer_id", postgresql_where=text("state = 1")),)`;
    const gin = `${customerId}\n    __table_args__ = (Index("ix", "customer_id", postgresql_using="gin"),)`;
    const lower = `${customerId}\n    __table_args__ = (Index("ix", func.abs("customer_id")),)`;

    for (const line of [partly, gin, lower])
      expect(columns(orders(line))).toEqual(["order.customer_id"]);
  });

  test.each([
    ["an index of its own", 'op.create_index(op.f("ix"), "order", ["customer_id"])'],
    ["a constraint", 'op.create_unique_constraint("uq", "order", ["customer_id", "id"])'],
    ["SQL", 'op.execute("CREATE INDEX CONCURRENTLY ix ON shop.order (customer_id)")'],
    [
      "a loop over tables",
      'for name in names:\n        op.create_index(f"ix_{name}", name, ["customer_id"])',
    ],
  ])("that a migration gives %s", (_name, line) => {
    const migration = `from alembic import op\n\ndef upgrade():\n    ${line}\n`;

    expect(columns({ "models.py": orders(customerId), "versions/2.py": migration })).toEqual([]);
  });

  test("but of an index that is made only to undo a step, or dropped again", () => {
    const made = 'op.create_index("ix", "order", ["customer_id"])';
    const undone = `from alembic import op\n\ndef downgrade():\n    ${made}\n`;
    const dropped = `from alembic import op\n\ndef upgrade():\n    ${made}\n`;
    const later = 'from alembic import op\n\ndef upgrade():\n    op.drop_index("ix", "order")\n';

    expect(columns({ "models.py": orders(customerId), "versions/2.py": undone })).toEqual([
      "order.customer_id",
    ]);
    expect(
      columns({
        "models.py": orders(customerId),
        "versions/2.py": dropped,
        "versions/3.py": later,
      }),
    ).toEqual(["order.customer_id"]);
  });

  test("with an index that stands beside the model, here or in another file", () => {
    const index = 'Index("ix", Order.customer_id)\n';

    expect(columns(orders(customerId) + index)).toEqual([]);
    expect(
      columns({
        "shop/models.py": orders(customerId),
        "shop/indexes.py": `from sqlalchemy import Index\nfrom shop.models import Order\n${index}`,
      }),
    ).toEqual([]);
  });

  test.each([
    ["a URL", 'engine = create_engine("mysql+pymysql://shop@db/shop")\n'],
    ["an option of its tables", 'options = {"mysql_engine": "InnoDB"}\n'],
    ["its driver", "import pymysql\n"],
  ])("on MySQL, as %s tells", (_name, line) => {
    expect(columns(orders(customerId) + line)).toEqual([]);
  });

  test("that is the key of a table which continues another", () => {
    const code = `${base}\nclass Member(Customer):\n    __tablename__ = "member"\n    id = Column(ForeignKey("customer.id"), primary_key=True)\n`;

    expect(columns(code)).toEqual([]);
  });

  test("of a mixin or an abstract class that no table comes from", () => {
    const mixin = `${base}\nclass Owned:\n    ${customerId}\n`;
    const abstract = `${base}\nclass Owned(Base):\n    __abstract__ = True\n    ${customerId}\n`;

    expect(columns(mixin)).toEqual([]);
    expect(columns(abstract)).toEqual([]);
  });

  test("of a SQLModel that is no table", () => {
    const code = (head: string) => `
from sqlmodel import Field, SQLModel

class Order(${head}):
    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
`;

    expect(columns(code("SQLModel"))).toEqual([]);
    expect(columns(code("SQLModel, table=True"))).toEqual(["order.customer_id"]);
  });

  test("of a `Column` that is not SQLAlchemy's", () => {
    const code = `
from spreadsheet import Column, ForeignKey, Base

class Order(Base):
    __tablename__ = "order"
    customer_id = Column(ForeignKey("customer.id"))
`;

    expect(columns(code)).toEqual([]);
  });

  test("that Django indexes by itself, and of a table it does not manage", () => {
    const model = (line: string, meta = "") =>
      `${django}class Order(models.Model):\n    ${line}\n${meta}\ndef find(x):\n    return Order.objects.filter(customer=x, token_id=x)\n`;
    const key = (options: string) =>
      `customer = models.ForeignKey("Customer", models.CASCADE${options})`;
    const none = key(", db_index=False");

    expect(columns(model(key("")))).toEqual([]);
    expect(columns(model(none, "    class Meta:\n        managed = False\n"))).toEqual([]);
    expect(
      columns(
        model(
          none,
          '    class Meta:\n        indexes = [models.Index(fields=["customer", "-id"])]\n',
        ),
      ),
    ).toEqual([]);
    expect(
      columns(model(none, '    class Meta:\n        unique_together = ("customer", "id")\n')),
    ).toEqual([]);
    expect(columns(model(none))).toEqual(["Order.customer"]);
  });

  test("that a migration only takes away again", () => {
    const migration = (name: string, line: string) =>
      `import sqlalchemy as sa\nfrom alembic import op\n\ndef ${name}():\n    ${line}\n`;
    const add = 'op.add_column("order", sa.Column("customer_id", sa.ForeignKey("customer.id")))';

    expect(columns({ "versions/2.py": migration("downgrade", add) })).toEqual([]);
    expect(
      columns({
        "versions/2.py": migration("upgrade", add),
        "versions/3.py": migration("upgrade", 'op.drop_column("order", "customer_id")'),
      }),
    ).toEqual([]);
  });

  test("of a table that stays small by its name", () => {
    const code = `${base}\nclass Setting(Base):\n    __tablename__ = "customer_settings"\n    id = Column(Integer, primary_key=True)\n    customer_id = Column(ForeignKey("customer.id"))\n`;

    expect(columns(code)).toEqual([]);
  });

  test("loudly, of a program on one desk with SQLite", () => {
    const sqlite = 'engine = create_engine("sqlite:///shop.db")\n';

    expect(findings(orders(customerId) + sqlite)).toMatchObject([{ severity: "low" }]);
    expect(findings(`import flask\n${orders(customerId)}${sqlite}`)).toMatchObject([
      { severity: "medium" },
    ]);
  });
});
