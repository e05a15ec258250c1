from django.core.paginator import Paginator
from django.http import JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET
from rest_framework import serializers, viewsets
from rest_framework.pagination import CursorPagination

from .models import Country, Setting, Ticket


class TicketSerializer(serializers.ModelSerializer):
    class Meta:
        model = Ticket
        fields = ["id", "title"]


class TicketViewSet(viewsets.ModelViewSet):
    queryset = Ticket.objects.order_by("-created_at")
    serializer_class = TicketSerializer
    pagination_class = CursorPagination


@require_GET
def board(request):
    page = Paginator(Ticket.objects.order_by("-created_at"), 50).get_page(request.GET.get("page"))
    return render(request, "board.html", {"tickets": page})


@require_GET
def newest(request):
    latest = Ticket.objects.order_by("-created_at")[:20]
    return JsonResponse({"titles": [ticket.title for ticket in latest]})


@require_GET
def matching(request):
    found = Ticket.objects.filter(title=request.GET["title"])
    return JsonResponse({"ids": [ticket.pk for ticket in found]})


@require_GET
def count(request):
    return JsonResponse({"count": Ticket.objects.count(), "any": Ticket.objects.exists()})


@require_GET
def countries(request):
    return JsonResponse({"names": [country.name for country in Country.objects.all()]})


@require_GET
def settings(request):
    return JsonResponse({setting.name: setting.pk for setting in Setting.objects.all()})


@require_GET
def one(request, number):
    return JsonResponse({"title": get_object_or_404(Ticket.objects.all(), pk=number).title})


@require_GET
def download(request):
    rows = (f"{ticket.title}\n" for ticket in Ticket.objects.iterator(chunk_size=500))
    return StreamingHttpResponse(rows, content_type="text/plain")
