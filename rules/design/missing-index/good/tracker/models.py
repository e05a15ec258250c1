from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Comment(models.Model):
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveIntegerField()
    target = GenericForeignKey("content_type", "object_id")
    text = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["content_type", "object_id"])]


class Note(models.Model):
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveIntegerField(db_index=True)
    target = GenericForeignKey()


class LoginEvent(models.Model):
    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE)
    timestamp = models.DateTimeField(auto_now_add=True)


class Ticket(models.Model):
    reference = models.CharField(max_length=40, unique=True)
    is_open = models.BooleanField()
