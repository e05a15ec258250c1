from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Customer, Favourite, Order, Payment


def orders_of(session: Session, customer: Customer):
    statement = select(Order).where(Order.customer_id == customer.id)
    return session.scalars(statement.order_by(Order.placed_at.desc())).all()


def fans_of(session: Session, book_id: int):
    return session.query(Favourite).filter_by(book_id=book_id).count()


def payments_of(session: Session, order: Order):
    return session.query(Payment).filter(Payment.order_id == order.id).all()
