from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from tickets.base import Stamped


class Label(models.Model):
    name = models.CharField(max_length=40, unique=True)


class Ticket(Stamped):
    class State(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"

    reference = models.CharField(max_length=20)  # finding: missing-index
    external_id = models.CharField(max_length=80, null=True, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="assigned"
    )
    team = models.ForeignKey("accounts.Team", on_delete=models.CASCADE)
    labels = models.ManyToManyField(Label, blank=True)
    is_urgent = models.BooleanField(default=False)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["team", "state"], name="ticket_team_state")]

    def __str__(self):
        return f"{self.reference} ({self.team.name})"

    @property
    def last_comment(self):
        return self.comments.order_by("-created_at").first()


class Comment(Stamped):
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    parent = models.ForeignKey("self", null=True, db_index=False, on_delete=models.CASCADE)  # finding: missing-index
    body = models.TextField()


class Activity(models.Model):
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()  # finding: missing-index
    target = GenericForeignKey("content_type", "object_id")
    verb = models.CharField(max_length=30)
    happened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-happened_at"]


class SlaPolicy(models.Model):
    """A few of these exist."""

    code = models.CharField(max_length=10)
    hours = models.IntegerField()
