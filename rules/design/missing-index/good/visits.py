from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import Base


class PageVisit(Base):
    __tablename__ = "page_visit"

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(index=True)
    seen_at: Mapped[datetime]


class Plan(Base):
    __tablename__ = "plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    starts_at: Mapped[datetime]


def forget_old(session: Session):
    limit = datetime.now() - timedelta(days=90)
    session.execute(delete(PageVisit).where(PageVisit.created_at < limit))


def seen_lately(session: Session, path: str, since: datetime):
    statement = select(PageVisit).where(PageVisit.path == path, PageVisit.seen_at >= since)
    return session.scalars(statement).all()


def coming(session: Session):
    return session.scalars(select(Plan).where(Plan.starts_at >= datetime.now())).all()
