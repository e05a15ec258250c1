from functools import lru_cache

import psycopg2
import redis
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from depot.config import DATABASE_URL

engine = create_engine(DATABASE_URL, pool_pre_ping=True)
SessionLocal = sessionmaker(bind=engine)
_tenants = {}


def get_db():
    with SessionLocal() as session:
        yield session


@lru_cache
def archive_engine():
    return create_engine(f"{DATABASE_URL}_archive")


def tenant_engine(name):
    if name not in _tenants:
        _tenants[name] = create_engine(f"{DATABASE_URL}_{name}")
    return _tenants[name]


def legacy_connection():
    return psycopg2.connect(DATABASE_URL)  # finding: connection-per-request


def cache_client():
    return redis.Redis(host="cache")  # finding: connection-per-request
