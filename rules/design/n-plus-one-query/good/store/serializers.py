from rest_framework import serializers

from .models import Category, Customer, Item, Order


class CategorySerializer(serializers.ModelSerializer):
    size = serializers.SerializerMethodField()

    class Meta:
        model = Category
        fields = ["slug", "size"]

    def get_size(self, category):
        return len(category.product_set.all())


class ItemSerializer(serializers.ModelSerializer):
    class Meta:
        model = Item
        fields = ["product", "price"]


class OrderSerializer(serializers.ModelSerializer):
    items = ItemSerializer(many=True, read_only=True)
    customer_name = serializers.CharField(source="customer.name", read_only=True)

    class Meta:
        model = Order
        fields = ["id", "items", "customer", "customer_name"]


class CustomerSerializer(serializers.ModelSerializer):
    waiting = serializers.SerializerMethodField()

    class Meta:
        model = Customer
        fields = ["id", "name", "waiting"]

    def get_waiting(self, customer):
        return Order.objects.filter(customer=customer).count()


class CustomerRow(serializers.ModelSerializer):
    class Meta:
        model = Customer
        fields = ["id", "name"]
