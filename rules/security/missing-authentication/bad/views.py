from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic import CreateView, DeleteView, UpdateView

from shop.models import Address


class NewAddress(LoginRequiredMixin, CreateView):
    model = Address
    fields = ["street"]


class ChangeAddress(LoginRequiredMixin, UpdateView):
    model = Address
    fields = ["street"]


class RemoveAddress(DeleteView):  # finding: `LoginRequiredMixin`
    model = Address
