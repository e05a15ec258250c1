import psycopg2
from fastapi import APIRouter, Depends, FastAPI
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from depot import crud
from depot.config import DATABASE_URL
from depot.db import archive_engine, cache_client, get_db, legacy_connection, tenant_engine
from depot.models import Box, Shelf

app = FastAPI()
router = APIRouter()


@router.get("/boxes")
def boxes(ids: str, db: Session = Depends(get_db)):
    return [crud.box(db, int(each)).barcode_hash for each in ids.split(",")]  # finding: n-plus-one-query


@router.get("/shelves")
def shelves(db: Session = Depends(get_db)):
    return {shelf.id: len(shelf.boxes) for shelf in db.query(Shelf).limit(50)}  # finding: n-plus-one-query


@router.get("/shelves-fast")
def shelves_fast(db: Session = Depends(get_db)):
    return {shelf.id: len(shelf.boxes) for shelf in crud.shelves(db)}


@router.get("/old")
def old(name: str):
    engine = create_engine(DATABASE_URL + name)  # finding: connection-per-request
    with engine.connect() as connection:
        return connection.exec_driver_sql("SELECT 1").scalar()


@router.get("/archive")
def archive():
    with archive_engine().connect() as connection:
        return connection.exec_driver_sql("SELECT 1").scalar()


@router.get("/tenants/{name}")
def tenant(name: str):
    with tenant_engine(name).begin() as connection:
        return connection.exec_driver_sql("SELECT 1").scalar()


@router.get("/legacy")
def legacy():
    with legacy_connection() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone()


@router.get("/cached/{key}")
def cached(key: str):
    return cache_client().get(key)


@router.post("/load")
def load(rows: list[dict], db: Session = Depends(get_db)):
    for row in rows:
        found = db.query(Box).filter(Box.barcode_hash == row["hash"]).first()
        if not found:
            db.add(Box(barcode_hash=row["hash"]))
    db.commit()
    for start in range(0, len(rows), 500):
        chunk = [row["hash"] for row in rows[start : start + 500]]
        db.query(Box).filter(Box.barcode_hash.in_(chunk)).all()


app.include_router(router)
