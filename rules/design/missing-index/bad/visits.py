from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import Base


class PageVisit(Base):
    __tablename__ = "page_visit"

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str]
    state: Mapped[str]
    created_at: Mapped[datetime]  # finding: `forget_old` (visits.py:24) filters by it


def in_state(session: Session, state: str):
    return session.scalars(select(PageVisit).where(PageVisit.state == state)).all()


def forget_old(session: Session):
    limit = datetime.now() - timedelta(days=90)
    session.execute(delete(PageVisit).where(PageVisit.created_at < limit))
