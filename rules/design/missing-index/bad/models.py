from datetime import datetime

from sqlalchemy import ForeignKey, Index, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

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
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))  # finding: `order.customer_id`
    placed_at: Mapped[datetime] = mapped_column(index=True)


class OrderLine(Base):
    __tablename__ = "order_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id", ondelete="CASCADE"))  # finding: `order_line.order_id`
    amount: Mapped[int]


class Favourite(Base):
    __tablename__ = "favourite"

    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), primary_key=True)
    book_id: Mapped[int] = mapped_column(ForeignKey("book.id"), primary_key=True)  # finding: `favourite.book_id`


class Payment(Base):
    __tablename__ = "payment"
    __table_args__ = (Index("ix_payment_state_order", "state", "order_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str]
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"))  # finding: `payment.order_id`
