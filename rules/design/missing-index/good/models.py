from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

engine = create_engine("postgresql+psycopg://shop@localhost/shop")


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customer"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)


class Order(Base):
    __tablename__ = "order"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(
        ForeignKey("customer.id"),
        nullable=False,
        index=True,
    )
    placed_at: Mapped[datetime] = mapped_column(index=True)


class OrderLine(Base):
    __tablename__ = "order_line"

    order_id: Mapped[int] = mapped_column(
        ForeignKey("order.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    amount: Mapped[int]


class Favourite(Base):
    __tablename__ = "favourite"

    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), primary_key=True)
    book_id: Mapped[int] = mapped_column(ForeignKey("book.id"), primary_key=True)


Index("ix_favourite_book", Favourite.book_id)


class Payment(Base):
    __tablename__ = "payment"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str]
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"))

    __table_args__ = (Index("ix_payment_order_state", "order_id", "state"),)


class Refund(Base):
    __tablename__ = "refund"
    __table_args__ = (UniqueConstraint("payment_id", "reason"), {"schema": "accounts"})

    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id", ondelete="CASCADE"))
    reason: Mapped[str]


class Invoice(Base):
    __tablename__ = "invoice"

    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)


class BelongsToCustomer:
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))

    @declared_attr.directive
    def __table_args__(cls):
        return (Index(f"ix_{cls.__name__}_customer", "customer_id"),)


class Address(BelongsToCustomer, Base):
    __tablename__ = "address"

    id: Mapped[int] = mapped_column(primary_key=True)
    street: Mapped[str]


class Parcel(Base):
    __tablename__ = "parcel"

    id: Mapped[int] = mapped_column(primary_key=True)
    address_id: Mapped[int] = mapped_column(ForeignKey("address.id", ondelete="SET NULL"))
