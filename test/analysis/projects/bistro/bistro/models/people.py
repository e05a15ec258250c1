from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bistro.models.base import Base, Stamped, uuid_pk


class Guest(Stamped, Base):
    id: Mapped[uuid_pk]
    email: Mapped[str] = mapped_column(String(320))  # finding: missing-index
    phone_hash: Mapped[str] = mapped_column(String(64), index=True)
    orders: Mapped[list["Order"]] = relationship(back_populates="guest")


class Waiter(Base):
    id: Mapped[uuid_pk]
    badge_code: Mapped[str] = mapped_column(String(12), unique=True)
