from rest_framework import serializers

from .models import Category, Customer, Item, Order, Product


class CategorySerializer(serializers.ModelSerializer):
    size = serializers.SerializerMethodField()

    class Meta:
        model = Category
        fields = ["slug", "size"]

    def get_size(self, category):
        return Product.objects.filter(category=category).count()  # finding: ask once before the loop


class ItemSerializer(serializers.ModelSerializer):
    class Meta:
        model = Item
        fields = ["price"]


class OrderSerializer(serializers.ModelSerializer):
    items = ItemSerializer(many=True, read_only=True)
    customer_name = serializers.CharField(source="customer.name", read_only=True)

    class Meta:
        model = Order
        fields = ["id", "items", "customer_name"]


class CustomerSerializer(serializers.ModelSerializer):
    class Meta:
        model = Customer
        fields = ["id", "name", "orders"]
