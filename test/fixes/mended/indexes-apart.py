from django.db import models
from sqlalchemy import ForeignKey, Index, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

engine = create_engine("postgresql://db/shop")


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customer"
    id: Mapped[int] = mapped_column(primary_key=True)


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    state: Mapped[str]

    __table_args__ = (
        Index("ix_orders_state", "state"),  # the board
        Index("ix_orders_customer_id", "customer_id"),
        {"comment": "what was bought"},
    )


class Invoice(Base):
    __tablename__ = "invoice"
    __table_args__ = (Index("ix_invoice_number", "number"), Index("ix_invoice_order_id", "order_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"))


class Payment(Base):
    __tablename__ = "payment"
    id: Mapped[int] = mapped_column(primary_key=True)
    reference_code: Mapped[str]
    created_at: Mapped[str]

    __table_args__ = (Index("ix_payment_created", "created_at"), Index("ix_payment_reference_code", "reference_code"),)


class Shipment(models.Model):
    tracking_code = models.CharField(max_length=40)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["created_at"]),
            models.Index(fields=["tracking_code"]),
        ]


def shipment_by_code(code):
    return Shipment.objects.get(tracking_code=code)


def payment_by_code(code):
    with Session(engine) as session:
        return session.scalars(select(Payment).where(Payment.reference_code == code)).one()
