# FastAPI with SQLAlchemy: parameters by type, sessions of both kinds, statements and text.

from fastapi import FastAPI, Depends, Query, Header, Body, Request, Form
from pydantic import BaseModel
from sqlalchemy import create_engine, select, text, insert, update, delete, or_, func, literal_column
from sqlalchemy.orm import Session, sessionmaker, DeclarativeBase, Mapped, mapped_column
from sqlalchemy.ext.asyncio import create_async_engine, AsyncSession, async_sessionmaker
from typing import Annotated
import enum

app = FastAPI()
engine = create_engine("postgresql://x")
aengine = create_async_engine("postgresql+asyncpg://x")
Local = sessionmaker(engine)
ALocal = async_sessionmaker(aengine, expire_on_commit=False)


class Base(DeclarativeBase):
    pass


class Book(Base):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]


class Kind(str, enum.Enum):
    a = "a"
    b = "b"


class Item(BaseModel):
    name: str
    count: int


def get_db():
    with Local() as s:
        yield s


async def get_adb():
    async with ALocal() as s:
        yield s

DB = Annotated[Session, Depends(get_db)]


@app.get("/a/{kind}")
def a(kind: Kind, title: str, n: int, db: DB, q: str = Query("x"), h: str = Header(...)):
    db.execute(select(Book).where(Book.title == title))
    db.execute(select(Book).filter_by(title=title).order_by(Book.id).limit(n))
    db.query(Book).filter(Book.title.ilike(f"%{title}%")).all()
    db.execute(text("SELECT :t").bindparams(t=title))
    db.execute(text("SELECT * FROM b WHERE t = :t"), {"t": title})
    stmt = insert(Book).values(title=title)
    db.execute(stmt)
    db.execute(update(Book).where(Book.id == n).values(title=title))
    db.execute(text(f"SELECT * FROM {kind.value} LIMIT {n}"))
    db.execute(text(f"SELECT * FROM x WHERE t = '{title}'"))  # finding: sql-injection
    db.execute(text("SELECT " + q))  # finding: sql-injection
    db.execute(text("SELECT " + h))  # finding: sql-injection
    db.execute("SELECT '%s'" % title)  # finding: sql-injection
    db.query(Book).filter(text("title = '%s'" % title)).all()  # finding: sql-injection
    db.query(Book).order_by(literal_column(title))  # finding: sql-injection
    book = db.get(Book, n)
    db.execute(text(f"SELECT {book.title}"))
    rows = db.execute(text("SELECT :t"), {"t": title}).fetchall()
    db.execute(text(f"SELECT {rows[0][0]}"))
    return rows


@app.post("/b")
def b(item: Item, payload: dict = Body(...), x: str = Form()):
    with engine.begin() as c:
        c.execute(text(f"INSERT INTO a VALUES ({item.count})"))
        c.execute(text(f"INSERT INTO a VALUES ('{item.name}')"))  # finding: sql-injection
        c.exec_driver_sql("SELECT " + payload["x"])  # finding: sql-injection
        c.execute(text("SELECT " + x))  # finding: sql-injection


@app.get("/c")
async def c(title: str, db: AsyncSession = Depends(get_adb)):
    await db.execute(text("SELECT '%s'" % title))  # finding: sql-injection
    r = await db.execute(select(Book).where(Book.title == title))
    async with aengine.connect() as conn:
        await conn.execute(text("SELECT " + title))  # finding: sql-injection
    await db.run_sync(lambda s: s.query(Book).all())
    async with ALocal() as s2:
        s2.add(Book(title=title))
        await s2.commit()
    async with ALocal.begin() as s3:
        await s3.scalar(select(Book))
    return r.scalars().all()


@app.get("/d")
async def d(request: Request):
    s = Local()  # finding: connection-per-request
    s.add(Book(title="x"))
    s.commit()  # finding: sync-database-in-async
    form = await request.form()
    eval(form["x"])  # finding: code-injection
    eval((await request.json())["a"])  # finding: code-injection
    eval(request.query_params["x"])  # finding: code-injection
    eval(request.path_params["x"])  # finding: code-injection


@app.get("/e")
async def e():
    with engine.connect() as c:  # finding: sync-database-in-async
        c.execute(text("SELECT 1"))


@app.get("/f")
async def f():
    Base.metadata.create_all(engine)  # finding: sync-database-in-async
