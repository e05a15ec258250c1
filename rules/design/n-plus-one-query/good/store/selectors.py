from .models import Order, Product


def orders_with_customers():
    return Order.objects.select_related("customer").order_by("-pk")


def products_by_id(ids):
    return Product.objects.in_bulk(ids)
