from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, joinedload

from depot.models import Box, Movement, Shelf


def boxes_by(db: Session, staff_id: int):
    return db.query(Box).filter(Box.created_by_id == staff_id).all()


def box(db: Session, box_id: int):
    return db.get(Box, box_id)


def by_hash(db: Session, digest: str, sealed: bool):
    return db.execute(select(Box).where(Box.barcode_hash == digest, Box.sealed.is_(sealed))).scalars().all()


def movement(db: Session, device: int, key: str):
    return db.query(Movement).filter_by(device_id=device, external_key=key).first()


def forget(db: Session):
    db.execute(delete(Movement).where(Movement.moved_at < datetime.now() - timedelta(days=365)))


def shelves(db: Session):
    return db.query(Shelf).options(joinedload(Shelf.boxes)).limit(20).all()
