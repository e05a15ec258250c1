from django.db import models


class Parcel(models.Model):
    code = models.CharField(max_length=20)
    weight = models.IntegerField(default=0)
    carrier = models.CharField(max_length=40)
    placed_at = models.DateTimeField()
