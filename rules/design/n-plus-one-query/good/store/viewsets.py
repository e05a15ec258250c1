from rest_framework import generics, viewsets
from rest_framework.pagination import CursorPagination

from .models import Category, Customer, Order
from .serializers import CategorySerializer, CustomerRow, CustomerSerializer, OrderSerializer


class OrderViewSet(viewsets.ModelViewSet):
    serializer_class = OrderSerializer

    def get_queryset(self):
        found = Order.objects.select_related("customer").prefetch_related("items")
        return found.filter(customer__account=self.request.user)


class CategoryList(generics.ListAPIView):
    queryset = Category.objects.prefetch_related("product_set")
    serializer_class = CategorySerializer


class CustomerViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Customer.objects.order_by("name")
    pagination_class = CursorPagination

    def get_serializer_class(self):
        if self.action == "list":
            return CustomerRow
        return CustomerSerializer


class CustomerDetail(generics.RetrieveAPIView):
    queryset = Customer.objects.all()
    serializer_class = CustomerSerializer
