from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.http import JsonResponse
from django.utils import timezone

from .models import Comment, LoginEvent, Note, Ticket


def comments(request, kind, number):
    content_type = ContentType.objects.get(model=kind)
    found = Comment.objects.filter(content_type=content_type, object_id=number)
    notes = Note.objects.filter(content_type=content_type, object_id=number).count()
    return JsonResponse({"comments": [comment.text for comment in found], "notes": notes})


def logins_today(request):
    since = timezone.now() - timedelta(days=1)
    own = LoginEvent.objects.filter(account=request.user, timestamp__gte=since)
    return JsonResponse({"count": own.count()})


def open_tickets(request):
    return JsonResponse({"count": Ticket.objects.filter(is_open=True).count()})
