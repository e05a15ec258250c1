from django.db import models


def picture_path(parcel, name):
    return f"parcels/{parcel.pk}.jpg"


class Parcel(models.Model):
    code = models.CharField(max_length=60)
    carrier = models.CharField(max_length=40, blank=True)
    is_fragile = models.BooleanField(default=False)
    picture = models.ImageField(upload_to=picture_path, null=True)
    changed_at = models.DateTimeField(auto_now=True)
    sender = models.CharField(max_length=40, null=True)
    placed_at = models.DateTimeField()
