from django.contrib.auth.models import AbstractUser
from django.db import models


class Team(models.Model):
    name = models.CharField(max_length=80)
    slug = models.SlugField()


class User(AbstractUser):
    team = models.ForeignKey(Team, null=True, on_delete=models.SET_NULL, related_name="members")
    api_token = models.CharField(max_length=64, blank=True)  # finding: missing-index
