import requests
from celery import shared_task

from articles.models import Article


@shared_task(soft_time_limit=30)
def ping():
    for article in Article.objects.select_related("author").iterator():
        requests.head(f"https://news.example.org/{article.slug}", timeout=3)


@shared_task
def rename(old, new):
    Article.objects.filter(title=old).update(title=new)
