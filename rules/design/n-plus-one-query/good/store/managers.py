from django.db import models


class ListedManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().select_related("category").prefetch_related("item_set")
