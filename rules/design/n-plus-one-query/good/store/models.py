from django.conf import settings
from django.db import models

from .managers import ListedManager


class Customer(models.Model):
    name = models.CharField(max_length=200)
    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)


class Category(models.Model):
    slug = models.SlugField()


class Product(models.Model):
    title = models.CharField(max_length=200)
    category = models.ForeignKey(Category, on_delete=models.PROTECT)

    objects = models.Manager()
    listed = ListedManager()

    def get_absolute_url(self):
        return f"/{self.category.slug}/{self.pk}"


class OrderQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at__isnull=True)


class Order(models.Model):
    customer = models.ForeignKey(Customer, related_name="orders", on_delete=models.CASCADE)
    closed_at = models.DateTimeField(null=True)

    objects = OrderQuerySet.as_manager()

    @property
    def total(self):
        return sum(item.price for item in self.items.all())


class Item(models.Model):
    order = models.ForeignKey(Order, related_name="items", on_delete=models.CASCADE)
    product = models.ForeignKey(Product, on_delete=models.PROTECT)
    price = models.IntegerField()
