from functools import lru_cache
from itertools import count

from django.conf import settings
from django.db.models import Count, Prefetch
from django.http import JsonResponse
from django.utils.text import slugify
from django.views import View
from django.views.decorators.http import require_GET, require_POST

from .models import Category, Customer, Item, Order, Product
from .selectors import orders_with_customers, products_by_id

FEATURED = ("books", "toys", "games")


@require_GET
def open_orders(request):
    orders = Order.objects.filter(closed_at__isnull=True).select_related("customer")
    return JsonResponse({"orders": [{"id": o.pk, "customer": o.customer.name} for o in orders]})


@require_GET
def all_orders(request):
    return JsonResponse({"names": [order.customer.name for order in orders_with_customers()[:200]]})


@require_GET
def customer_ids(request):
    return JsonResponse({"ids": [order.customer_id for order in Order.objects.all()[:200]]})


@require_GET
def customer_keys(request):
    return JsonResponse({"ids": [order.customer.pk for order in Order.objects.all()[:200]]})


@require_GET
def categories(request):
    found = Category.objects.annotate(size=Count("product"))
    return JsonResponse({category.slug: category.size for category in found})


@require_GET
def featured(request):
    return JsonResponse({slug: Product.objects.filter(category__slug=slug).count() for slug in FEATURED})


@require_GET
def languages(request):
    sizes = {}
    for code, _name in settings.LANGUAGES:
        sizes[code] = Product.objects.filter(title__startswith=code).count()
    return JsonResponse(sizes)


@require_GET
def newest(request):
    latest = Order.objects.order_by("-pk")[:5]
    return JsonResponse({"names": [order.customer.name for order in latest]})


@require_GET
def waiting(request):
    still_open = Prefetch("orders", queryset=Order.objects.filter(closed_at__isnull=True), to_attr="open")
    customers = Customer.objects.prefetch_related(still_open)[:200]
    return JsonResponse({customer.name: len(customer.open) for customer in customers})


@require_GET
def order_totals(request):
    orders = Order.objects.prefetch_related("items__product")[:200]
    return JsonResponse({order.pk: [item.product.title for item in order.items.all()] for order in orders})


@require_POST
def add_to_basket(request):
    products = products_by_id(request.POST.getlist("product"))
    for product_id in request.POST.getlist("product"):
        request.session.setdefault("basket", []).append(products[product_id].title)
    return JsonResponse({})


@require_POST
def make_slug(request):
    wanted = slugify(request.POST["name"])
    for number in count(1):
        slug = f"{wanted}-{number}"
        if not Category.objects.filter(slug=slug).exists():
            break
    return JsonResponse({"slug": slug})


@require_POST
def first_known(request):
    for product_id in request.POST.getlist("product"):
        product = Product.objects.filter(pk=product_id).first()
        if product is not None:
            return product
    return JsonResponse({})


@require_POST
def import_rows(request):
    known = {}
    for slug in request.POST.getlist("slug"):
        if slug not in known:
            known[slug] = Category.objects.get(slug=slug)
        Product.objects.create(title=slug, category=known[slug])
    return JsonResponse({})


@lru_cache
def category_of(slug):
    return Category.objects.get(slug=slug)


@require_POST
def sort_in(request):
    return JsonResponse({"ids": [category_of(slug).pk for slug in request.POST.getlist("slug")]})


@require_POST
def remove(request):
    ids = request.POST.getlist("id")
    for start in range(0, len(ids), 500):
        chunk = ids[start : start + 500]
        for item in Item.objects.filter(pk__in=chunk):
            item.delete()
    return JsonResponse({})


@require_POST
def touch(request):
    for order in Order.objects.filter(closed_at__isnull=True).iterator(chunk_size=500):
        order.save()
    return JsonResponse({})


class SitemapView(View):
    def get(self, request):
        return JsonResponse({"links": [product.get_absolute_url() for product in self.get_products()]})

    def get_products(self):
        return Product.listed.filter(category__slug="books")
