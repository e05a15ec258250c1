from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from tickets.models import Activity, Ticket


@shared_task
def forget_old_activity():
    Activity.objects.filter(happened_at__lt=timezone.now() - timedelta(days=90)).delete()


@shared_task
def close_stale():
    for ticket in Ticket.objects.filter(state="open", team_id=3):
        ticket.state = "closed"
        ticket.save(update_fields=["state"])


@shared_task
def remind():
    for ticket in Ticket.objects.filter(state="open"):
        if ticket.last_comment:  # finding: n-plus-one-query
            print(ticket.reference)
