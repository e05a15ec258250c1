from django.urls import path

from articles import views

urlpatterns = [
    path("", views.FrontPage.as_view()),
    path("archive/", views.Archive.as_view()),
    path("author/<int:pk>/", views.author),
    path("async/<int:pk>/", views.headline),
    path("async-fast/<int:pk>/", views.headline_fast),
    path("feed/", views.feed),
    path("mail/", views.mail),
    path("prices/", views.prices),
    path("report/", views.report),
    path("slugs/", views.slugs),
    path("nested/", views.nested),
    path("search/", views.search),
    path("cards/", views.cards),
]
