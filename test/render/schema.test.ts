// A schema as people read it: text with who asks for what, and a diagram.

import { expect, test } from "vitest";
import { loadEngine } from "../../src/load-engine.ts";
import { renderSchema } from "../../src/render/schema.ts";

const engine = await loadEngine();

const shop = `
from sqlalchemy import ForeignKey, Index, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

engine = create_engine("postgresql://shop@db/shop")

class Base(DeclarativeBase):
    pass

class Customer(Base):
    __tablename__ = "customer"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)

class Order(Base):
    __tablename__ = "order"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    state: Mapped[str]
    __table_args__ = (Index("ix_order_customer", "customer_id", "state"),)

def orders_of(session, customer):
    return session.scalars(select(Order).where(Order.customer_id == customer.id)).all()
`;

function schema() {
  const found = engine.describeSchema?.([{ path: "shop.py", text: shop }]);
  if (!found) throw new Error("the engine has no schema");
  return found;
}

test("the text tells columns, keys, indexes, and which function asks by what", () => {
  expect(renderSchema(schema(), "text")).toBe(`2 tables · postgresql

customer  shop.py:12
  id     int  primary key
  email  str  unique

order  shop.py:17
  id           int  primary key
  customer_id  int  indexed  -> customer
  state        str
  index ix_order_customer (customer_id, state)
  asked by customer_id: orders_of (shop.py:23)
`);
});

test("the diagram draws tables and the keys between them", () => {
  expect(renderSchema(schema(), "mermaid")).toBe(`erDiagram
  customer {
    int id PK
    str email UK
  }
  order {
    int id PK
    int customer_id FK
    str state
  }
  customer ||--o{ order : customer_id
`);
});

test("JSON holds the same as plain data, with a version", () => {
  expect(JSON.parse(renderSchema(schema(), "json"))).toMatchObject({
    version: 1,
    dialect: "postgresql",
    tables: [
      { name: "customer" },
      { name: "order", queries: [{ symbol: "orders_of", columns: ["customer_id"] }] },
    ],
  });
});

test("of Django it tells the key that no line declares, real tables, and each index once", () => {
  const models = `
from django.db import models

class Author(models.Model):
    name = models.CharField(max_length=40)

class Book(models.Model):
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
    sequel = models.ForeignKey("self", null=True, on_delete=models.SET_NULL)
    isbn = models.CharField(max_length=13)

    class Meta:
        indexes = [models.Index(fields=["author", "isbn"], name="by_author")]
`;
  const migration = `
from django.db import migrations, models

class Migration(migrations.Migration):
    operations = [
        migrations.AlterField("book", "isbn", models.CharField(max_length=13, db_index=True)),
        migrations.AddIndex("book", models.Index(fields=["author", "isbn"], name="by_author")),
    ]
`;
  const files = [
    { path: "library/models.py", text: models },
    { path: "library/migrations/0002_index.py", text: migration },
  ];
  const found = engine.describeSchema?.(files);

  expect(found && renderSchema(found, "text")).toBe(`2 tables · database not known

library_author (Author)  library/models.py:5
  id    BigAutoField  primary key
  name  CharField

library_book (Book)  library/models.py:8
  id         BigAutoField  primary key
  author_id  ForeignKey    indexed  -> library_author
  sequel_id  ForeignKey    indexed  -> library_book
  isbn       CharField     indexed
  index by_author (author_id, isbn)
`);
});
