"""What a customer has ordered."""

import asyncio

from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.database import SessionLocal, get_db
from shop.models import Order

router = APIRouter()


@router.get("/orders/{order_id}")
def one_order(order_id: int, db: Session = Depends(get_db)):
    return db.get(Order, order_id)


@router.get("/customers/{customer_id}/orders")
def orders_of(customer_id: int, db: Session = Depends(get_db)):
    orders = select(Order).where(Order.customer_id == customer_id)
    return db.scalars(orders).all()


@router.get("/customers/{customer_id}/history")
async def history(customer_id: int, db: Session = Depends(get_db)):
    past = select(Order).where(Order.customer_id == customer_id).order_by(Order.placed_at)
    return db.scalars(past).all()


@router.get("/customers/{customer_id}/export")
async def export(customer_id: int):
    return {"orders": await asyncio.to_thread(load_history, customer_id)}


def load_history(customer_id: int) -> list[int]:
    with SessionLocal() as db:
        orders = select(Order.id).where(Order.customer_id == customer_id)
        return list(db.scalars(orders))
