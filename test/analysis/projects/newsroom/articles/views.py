import smtplib
import subprocess

import httpx
import requests
from django.db.models import Count, Prefetch
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.generic import ListView

from articles.models import Article, Author, Revision, Topic


class FrontPage(ListView):
    queryset = Article.objects.published().with_people()
    template_name = "front.html"


class Archive(ListView):
    model = Article  # finding: n-plus-one-query, leads to a query of `Author`
    paginate_by = 50


def author(request, pk):
    author = get_object_or_404(Author.objects.select_related("desk"), pk=pk)
    articles = author.articles.all()
    # The way back to the author costs nothing.
    return render(request, "author.html", {"rows": [(a.title, a.author.name) for a in articles]})


async def headline(request, pk):
    article = await Article.objects.aget(pk=pk)
    return JsonResponse({"title": article.title, "by": article.author.name})  # finding: sync-database-in-async


async def headline_fast(request, pk):
    article = await Article.objects.select_related("author").aget(pk=pk)
    return JsonResponse({"title": article.title, "by": article.author.name, "id": article.author_id})


def feed(request):
    articles = Article.objects.published().with_people()[:100]
    return JsonResponse({"items": [{"t": a.title, "d": a.author.desk.name, "k": a.topic_names} for a in articles]})


def nested(request):
    rows = []
    for topic in Topic.objects.prefetch_related(Prefetch("articles", queryset=Article.objects.published())):
        for article in topic.articles.all():
            rows.append([topic.name, article.author.name])  # finding: n-plus-one-query
    return JsonResponse({"rows": rows})


def cards(request):
    topics = Topic.objects.annotate(n=Count("articles")).order_by("-n")[:10]
    shown = [(topic.name, topic.articles.first()) for topic in topics]
    latest = []
    for topic in Topic.objects.prefetch_related("articles"):
        latest.append(topic.articles.order_by("-published_at").first())  # finding: n-plus-one-query, `Prefetch("articles"
    return JsonResponse({"n": len(shown) + len(latest)})


def slugs(request):
    wanted = request.GET.getlist("slug")
    by_slug = {article.slug: article for article in Article.objects.filter(slug__in=wanted)}
    old = Revision.objects.filter(article_key=wanted[0]).first()
    return JsonResponse({"titles": [by_slug[slug].title for slug in wanted if slug in by_slug], "old": bool(old)})


def search(request):
    word = request.GET["q"]
    found = Article.objects.filter(title__icontains=word)[:20]
    tagged = Article.objects.filter(keywords__contains=[word])[:20]
    special = Article.objects.filter(extra__contains={"label": word})[:20]
    return JsonResponse({"n": [found.count(), tagged.count(), special.count()]})


def mail(request):
    server = smtplib.SMTP("mail.example.org")  # finding: missing-timeout
    server.sendmail("a@example.org", ["b@example.org"], "hello")  # finding: slow-work-in-request
    return JsonResponse({})


def prices(request):
    answers = []
    for code in request.GET.getlist("code"):
        answers.append(requests.get(f"https://prices.example.org/{code}", timeout=5).json())  # finding: n-plus-one-query
    for host in ("https://a.example.org", "https://b.example.org"):
        answers.append(requests.get(host, timeout=5).json())
    answers.append(httpx.get("https://c.example.org").json())
    return JsonResponse({"answers": answers})


def report(request):
    subprocess.run(["pandoc", "report.md"], check=True, timeout=20)
    requests.post("https://hooks.example.org/done", json={})  # finding: missing-timeout # finding: slow-work-in-request
    return JsonResponse({})
