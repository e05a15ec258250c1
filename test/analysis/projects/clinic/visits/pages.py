from django.views.generic import ListView

from visits.models import Visit, Ward


class VisitPages(ListView):
    queryset = Visit.objects.order_by("-pk")  # finding: n-plus-one-query
    paginate_by = 50


class WardPages(ListView):
    model = Ward
