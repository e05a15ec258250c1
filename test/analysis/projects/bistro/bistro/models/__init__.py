from bistro.models.base import Base
from bistro.models.order import Order, OrderLine
from bistro.models.people import Guest, Waiter

__all__ = ["Base", "Guest", "Order", "OrderLine", "Waiter"]
