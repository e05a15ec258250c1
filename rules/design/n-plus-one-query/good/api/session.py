from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import sessionmaker

SessionLocal = sessionmaker(create_engine("postgresql+psycopg://app@db/app"))
AsyncSessionLocal = async_sessionmaker(create_async_engine("postgresql+asyncpg://app@db/app"))


def get_session():
    with SessionLocal() as session:
        yield session


async def get_async_session():
    async with AsyncSessionLocal() as session:
        yield session
