"""The application: routes and nothing else."""

from fastapi import FastAPI

from shop.routes import baskets, orders, products, reviews

app = FastAPI(title="Paper & Ink")
app.include_router(baskets.router)
app.include_router(orders.router)
app.include_router(products.router)
app.include_router(reviews.router)
