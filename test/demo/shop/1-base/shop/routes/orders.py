"""What a customer has ordered."""

from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.database import get_db
from shop.models import Order

router = APIRouter()


@router.get("/orders/{order_id}")
def one_order(order_id: int, db: Session = Depends(get_db)):
    return db.get(Order, order_id)


@router.get("/customers/{customer_id}/orders")
def orders_of(customer_id: int, db: Session = Depends(get_db)):
    orders = select(Order).where(Order.customer_id == customer_id)
    return db.scalars(orders).all()
