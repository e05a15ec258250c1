"""Finding products."""

from fastapi import APIRouter, Depends, Request
from sqlalchemy import text
from sqlalchemy.orm import Session

from shop.database import get_db

router = APIRouter()

SORTABLE = {"name": "name", "price": "price", "newest": "id DESC"}


@router.get("/products/search")
def search(request: Request, db: Session = Depends(get_db)):
    wanted = request.query_params["q"]
    query = f"SELECT id, name, price FROM product WHERE name ILIKE '%{wanted}%'"
    return db.execute(text(query)).mappings().all()


@router.get("/products")
def list_products(request: Request, db: Session = Depends(get_db)):
    order = SORTABLE.get(request.query_params.get("sort", "name"), "name")
    query = f"SELECT id, name, price FROM product WHERE price <= :limit ORDER BY {order}"
    limit = int(request.query_params.get("limit", "10000"))
    return db.execute(text(query), {"limit": limit}).mappings().all()
