from django.core.management.base import BaseCommand

from tickets.models import Ticket


class Command(BaseCommand):
    def handle(self, *args, **options):
        for ticket in Ticket.objects.all():
            print(ticket.team.name)
