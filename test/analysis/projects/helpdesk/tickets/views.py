import csv

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from rest_framework import generics, viewsets

from accounts.models import Team, User
from tickets.models import Activity, Comment, Label, SlaPolicy, Ticket
from tickets.serializers import CommentSerializer, TicketSerializer


class TicketViewSet(viewsets.ModelViewSet):
    queryset = Ticket.objects.all()  # finding: n-plus-one-query
    serializer_class = TicketSerializer


class CommentViewSet(viewsets.ModelViewSet):
    queryset = Comment.objects.select_related("author")
    serializer_class = CommentSerializer


def inbox(request):
    tickets = Ticket.objects.filter(assignee=request.user, state=Ticket.State.OPEN)
    rows = []
    for ticket in tickets:
        rows.append({"reference": ticket.reference, "team": ticket.team.name})  # finding: n-plus-one-query
    return JsonResponse({"tickets": rows})


def team_page(request, team_id):
    team = get_object_or_404(Team, pk=team_id)
    members = team.members.all()
    counts = {}
    for member in members:
        counts[member.username] = member.assigned.filter(state="open").count()  # finding: n-plus-one-query
    return render(request, "team.html", {"team": team, "counts": counts})


def lookup(request, reference):
    ticket = get_object_or_404(Ticket, reference=reference)
    return JsonResponse({"id": ticket.pk})


def webhook(request, external_id):
    ticket = Ticket.objects.get(external_id=external_id)
    policy = SlaPolicy.objects.get(code="gold")
    return JsonResponse({"id": ticket.pk, "hours": policy.hours})


def authenticate_token(request):
    return User.objects.filter(api_token=request.headers["X-Token"]).first()


class ActivityList(generics.ListAPIView):
    def get_queryset(self):
        return Activity.objects.all()


def activity_for(ticket):
    kind = ContentType.objects.get_for_model(Ticket)
    return Activity.objects.filter(content_type=kind, object_id=ticket.pk)


def export(request):
    response = HttpResponse(content_type="text/csv")
    writer = csv.writer(response)
    for ticket in Ticket.objects.select_related("team", "assignee").prefetch_related("labels").iterator(chunk_size=500):
        writer.writerow([ticket.reference, ticket.team.name, len(ticket.labels.all())])
    return response


def agents(request):
    wanted = request.GET.getlist("agent")
    found = [get_user_model().objects.get(pk=pk) for pk in wanted]  # finding: n-plus-one-query
    also = [User.objects.get(pk=pk) for pk in wanted]
    by_id = User.objects.in_bulk(wanted)
    return JsonResponse({"agents": [a.username for a in found + also], "n": len(by_id)})


def timeline(request, pk):
    ticket = get_object_or_404(Ticket.objects.prefetch_related("comments__author"), pk=pk)
    replies = Comment.objects.filter(parent_id=pk)
    return JsonResponse(
        {
            "comments": [{"by": c.author.username, "body": c.body} for c in ticket.comments.all()],
            "replies": [reply.body for reply in replies],
        }
    )


def labels(request):
    colours = []
    for name in ("bug", "question", "billing"):
        label, _ = Label.objects.get_or_create(name=name)
        colours.append(label.pk)
    for state in Ticket.State:
        colours.append(Ticket.objects.filter(state=state).count())
    return JsonResponse({"labels": colours})
