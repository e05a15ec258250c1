from django.http import JsonResponse
from django.views import View
from django.views.decorators.http import require_GET, require_POST

from .models import Category, Customer, Item, Order, Product
from .pricing import price_of


@require_GET
def open_orders(request):
    rows = []
    for order in Order.objects.filter(closed_at__isnull=True):
        rows.append({"id": order.pk, "customer": order.customer.name})  # finding: add `select_related("customer")`
    return JsonResponse({"orders": rows})


@require_GET
def customer_names(request):
    orders = Order.objects.order_by("-pk")
    return JsonResponse({"names": [order.customer.name for order in orders]})  # finding: once for each `Order`


@require_GET
def categories(request):
    counts = {c.slug: c.product_set.count() for c in Category.objects.all()}  # finding: `annotate(...=Count("product_set"))`
    return JsonResponse(counts)


@require_GET
def open_items(request):
    listing = []
    for customer in Customer.objects.prefetch_related("orders"):
        waiting = customer.orders.filter(closed_at__isnull=True).count()  # finding: what was prefetched is not used
        listing.append((customer.name, waiting))
    return JsonResponse({"customers": listing})


@require_POST
def add_to_basket(request):
    for product_id in request.POST.getlist("product"):
        product = Product.objects.get(pk=product_id)  # finding: ask once before the loop
        request.session.setdefault("basket", []).append(product.title)
    return JsonResponse({})


@require_GET
def price_list(request):
    prices = []
    for product in Product.objects.all():
        prices.append(price_of(product))  # finding: leads to a query of `Item`
    return JsonResponse({"prices": prices})


@require_GET
def totals(request):
    return JsonResponse({"totals": [order.total for order in Order.objects.open()]})  # finding: leads to a query of `Item`


class SitemapView(View):
    def get(self, request):
        links = [product.get_absolute_url() for product in self.get_products()]  # finding: leads to a query of `Category`
        return JsonResponse({"links": links})

    def get_products(self):
        return Product.objects.filter(category__slug="books")


@require_GET
def latest_sales(request):
    sales = []
    for product in Product.objects.all():
        latest = Item.objects.filter(product=product).order_by("-pk").first()  # finding: ask once before the loop
        if latest is None:
            continue
        sales.append({"product": product.title, "price": latest.price})
    return JsonResponse({"sales": sales})
