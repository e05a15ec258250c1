from datetime import datetime

from fastapi import Depends, FastAPI
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

app = FastAPI()
SessionLocal = sessionmaker(create_engine("postgresql+psycopg://app@db/app"))


class Base(DeclarativeBase):
    pass


class AuditEvent(Base):
    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    actor: Mapped[str]
    at: Mapped[datetime]


def get_session():
    with SessionLocal() as session:
        yield session


@app.get("/events")
def events(session: Session = Depends(get_session)):
    return session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()  # finding: `.limit(...)`


@app.get("/actors")
def actors(session: Session = Depends(get_session)):
    return [event.actor for event in all_events(session)]


def all_events(session: Session):
    return session.query(AuditEvent).all()  # finding: to answer `actors`
