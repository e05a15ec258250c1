from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from rest_framework import serializers, viewsets

from .models import Ticket


class TicketSerializer(serializers.ModelSerializer):
    class Meta:
        model = Ticket
        fields = ["id", "title"]


class TicketViewSet(viewsets.ModelViewSet):
    queryset = Ticket.objects.order_by("-created_at")  # finding: give the view a `pagination_class`
    serializer_class = TicketSerializer


@require_GET
def board(request):
    return render(request, "board.html", {"tickets": Ticket.objects.all()})  # finding: to answer `board`


@require_GET
def titles(request):
    found = Ticket.objects.order_by("title")
    return JsonResponse({"titles": [ticket.title for ticket in found]})  # finding: every row of `Ticket`


@require_GET
def dump(request):
    return JsonResponse(list(Ticket.objects.values("id", "title")), safe=False)  # finding: a slice
