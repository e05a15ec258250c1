from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import sessionmaker

URL = "postgresql+psycopg://shop@localhost/shop"

engine = create_engine(URL)
SessionLocal = sessionmaker(bind=engine)

async_engine = create_async_engine(URL)
AsyncSessionLocal = async_sessionmaker(async_engine)


def get_db():
    db = SessionLocal()
    try:
        yield db
    finally:
        db.close()


async def get_async_db():
    async with AsyncSessionLocal() as db:
        yield db
