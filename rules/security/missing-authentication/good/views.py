from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic import CreateView, DeleteView, ListView, UpdateView

from shop.models import Address


class NewAddress(LoginRequiredMixin, CreateView):
    model = Address
    fields = ["street"]


class ChangeAddress(LoginRequiredMixin, UpdateView):
    model = Address
    fields = ["street"]


class RemoveAddress(LoginRequiredMixin, DeleteView):
    model = Address


class Shops(ListView):
    model = Address
    paginate_by = 20
