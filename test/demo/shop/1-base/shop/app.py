"""The application: routes and nothing else."""

from fastapi import FastAPI

from shop.routes import orders

app = FastAPI(title="Paper & Ink")
app.include_router(orders.router)
