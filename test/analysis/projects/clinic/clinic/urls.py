from django.urls import path
from rest_framework.routers import SimpleRouter

from visits.api import DoctorViewSet, PatientViewSet, VisitViewSet
from visits.pages import VisitPages, WardPages

router = SimpleRouter()
router.register("visits", VisitViewSet)
router.register("patients", PatientViewSet)
router.register("doctors", DoctorViewSet)
urlpatterns = [path("", VisitPages.as_view()), path("wards/", WardPages.as_view()), *router.urls]
