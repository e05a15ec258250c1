from rest_framework import generics, viewsets
from rest_framework.decorators import api_view
from rest_framework.response import Response

from .models import Category, Customer, Order
from .serializers import CategorySerializer, CustomerSerializer, OrderSerializer


class OrderViewSet(viewsets.ModelViewSet):
    queryset = Order.objects.select_related("customer")  # finding: add `prefetch_related("items")`
    serializer_class = OrderSerializer


class CategoryList(generics.ListAPIView):
    serializer_class = CategorySerializer

    def get_queryset(self):
        return Category.objects.order_by("slug")


@api_view(["GET"])
def customers(request):
    found = Customer.objects.order_by("name")
    return Response(CustomerSerializer(found, many=True).data)  # finding: add `prefetch_related("orders")`
