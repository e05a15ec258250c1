from datetime import datetime

from fastapi import Depends, FastAPI
from sqlalchemy import create_engine, func, select
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
def events(after: int = 0, session: Session = Depends(get_session)):
    statement = select(AuditEvent).where(AuditEvent.id > after).order_by(AuditEvent.id).limit(50)
    return session.scalars(statement).all()


@app.get("/counts")
def counts(session: Session = Depends(get_session)):
    statement = select(AuditEvent.actor, func.count(AuditEvent.id)).group_by(AuditEvent.actor)
    return dict(session.execute(statement).all())


@app.get("/latest")
def latest(session: Session = Depends(get_session)):
    return session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()


@app.get("/count")
def count(session: Session = Depends(get_session)):
    return session.scalar(select(func.count(AuditEvent.id)))


def rebuild(session: Session):
    return [event.actor for event in session.query(AuditEvent).all()]
