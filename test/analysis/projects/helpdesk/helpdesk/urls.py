from django.urls import include, path
from rest_framework.routers import DefaultRouter

from tickets import views

router = DefaultRouter()
router.register("tickets", views.TicketViewSet)
router.register("comments", views.CommentViewSet)

urlpatterns = [
    path("api/", include(router.urls)),
    path("inbox/", views.inbox),
    path("team/<int:team_id>/", views.team_page),
    path("lookup/<str:reference>/", views.lookup),
    path("activity/", views.ActivityList.as_view()),
    path("export/", views.export),
    path("slow/", views.agents),
    path("timeline/<int:pk>/", views.timeline),
    path("labels/", views.labels),
    path("hook/<str:external_id>/", views.webhook),
]
