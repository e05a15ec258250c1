from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=80)
    desk = models.ForeignKey("Desk", null=True, on_delete=models.SET_NULL)


class Desk(models.Model):
    name = models.CharField(max_length=80)


class ArticleQuerySet(models.QuerySet):
    def published(self):
        return self.filter(is_public=True)

    def with_people(self):
        return self.select_related("author__desk").prefetch_related("topics")


class Article(models.Model):
    title = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="articles")
    topics = models.ManyToManyField("Topic", related_name="articles")
    keywords = ArrayField(models.CharField(max_length=30), default=list)
    extra = models.JSONField(default=dict)  # finding: missing-index, has no GIN index
    is_public = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
    objects = ArticleQuerySet.as_manager()

    class Meta:
        indexes = [GinIndex(fields=["keywords"])]

    def __str__(self):
        return f"{self.title} by {self.author.name}"

    @property
    def topic_names(self):
        return [topic.name for topic in self.topics.all()]


class Topic(models.Model):
    name = models.CharField(max_length=60)


class ReadEvent(models.Model):
    article = models.ForeignKey(Article, on_delete=models.CASCADE)
    read_at = models.DateTimeField(auto_now_add=True)  # finding: missing-index, `ReadEvents`

    class Meta:
        ordering = ["-read_at"]


class Revision(models.Model):
    """Old texts; `managed` elsewhere."""

    article_key = models.CharField(max_length=40)

    class Meta:
        managed = False
