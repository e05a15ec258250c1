"""What customers say about products."""

from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.database import get_db
from shop.models import Review

router = APIRouter()


@router.get("/products/{product_id}/reviews")
def reviews_of(product_id: int, db: Session = Depends(get_db)):
    reviews = select(Review).where(Review.product_id == product_id)
    return db.scalars(reviews).all()


@router.get("/customers/{customer_id}/reviews")
def reviews_by(customer_id: int, db: Session = Depends(get_db)):
    reviews = select(Review).where(Review.customer_id == customer_id)
    return db.scalars(reviews).all()
