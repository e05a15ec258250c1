from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Comment(models.Model):
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveIntegerField()  # finding: have no index together
    target = GenericForeignKey("content_type", "object_id")
    text = models.TextField()


class LoginEvent(models.Model):
    address = models.GenericIPAddressField()
    timestamp = models.DateTimeField(auto_now_add=True)  # finding: add `db_index=True`


class Ticket(models.Model):
    reference = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
