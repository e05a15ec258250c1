from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bistro.models.base import Base, Owned, Stamped, guest_fk, uuid_pk
from bistro.models.people import Guest, Waiter


class Order(Stamped, Owned, Base):
    id: Mapped[uuid_pk]
    guest_id: Mapped[guest_fk]  # finding: missing-index
    waiter_id: Mapped[UUID | None] = mapped_column(ForeignKey("waiter.id", ondelete="SET NULL"))
    table_no: Mapped[int]
    state: Mapped[str]
    guest: Mapped[Guest] = relationship(back_populates="orders")
    waiter: Mapped[Waiter | None] = relationship(lazy="joined")
    lines: Mapped[list["OrderLine"]] = relationship(back_populates="order")

    __table_args__ = (
        UniqueConstraint("table_no", "created_at"),
        Index("ix_order_waiter_state", "waiter_id", "state"),
    )


class OrderLine(Base):
    id: Mapped[uuid_pk]
    order_id: Mapped[UUID] = mapped_column(ForeignKey("order.id"))
    dish_id: Mapped[UUID] = mapped_column(ForeignKey("dish.id"))  # finding: missing-index
    order: Mapped[Order] = relationship(back_populates="lines")

    __table_args__ = (UniqueConstraint("order_id", "dish_id", name="uq_line"),)
