from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.http import JsonResponse
from django.utils import timezone

from .models import Comment, LoginEvent, Ticket


def comments(request, kind, number):
    content_type = ContentType.objects.get(model=kind)
    found = Comment.objects.filter(content_type=content_type, object_id=number)
    return JsonResponse({"comments": [comment.text for comment in found]})


def logins_today(request):
    since = timezone.now() - timedelta(days=1)
    return JsonResponse({"count": LoginEvent.objects.filter(timestamp__gte=since).count()})


def ticket(request, reference):
    found = Ticket.objects.filter(reference=reference).first()
    return JsonResponse({"opened": found.opened_at})
