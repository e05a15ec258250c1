// Changes that undo what teams did about a missing index or a query for each row, in the shapes in which they did it.

import { testUndone, type Undone } from "./undone.ts";

const scoring = `from sqlalchemy import Column, ForeignKey, Integer, String, create_engine
from sqlalchemy.orm import declarative_base, relationship, scoped_session, sessionmaker

session = scoped_session(sessionmaker(bind=create_engine("postgresql://scores")))
Base = declarative_base()


class Team(Base):
    __tablename__ = "teams"
    id = Column(Integer, primary_key=True)
    name = Column(String(50))


class Service(Base):
    __tablename__ = "services"
    id = Column(Integer, primary_key=True)
    name = Column(String(50))
    team_id = Column(Integer, ForeignKey("teams.id"), index=True)
    team = relationship("Team")
`;

const undone: readonly Undone[] = [
  {
    title: "the index on the second key of an association",
    around: {
      "lms/services.py": `from lms.models import AssignmentGrouping


class AssignmentService:
    def __init__(self, db):
        self._db = db

    def of_course(self, course):
        query = self._db.query(AssignmentGrouping)
        return query.filter(AssignmentGrouping.grouping_id == course.id).all()
`,
      "lms/db.py": `import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

engine = sa.create_engine("postgresql://lms")
Base = declarative_base()
`,
    },
    path: "lms/models.py",
    mended: `import sqlalchemy as sa
from lms.db import Base


class AssignmentGrouping(Base):
    __tablename__ = "assignment_grouping"
    assignment_id = sa.Column(sa.ForeignKey("assignment.id"), primary_key=True)
    grouping_id = sa.Column(sa.ForeignKey("grouping.id"), primary_key=True, index=True)
`,
    broken: `import sqlalchemy as sa
from lms.db import Base


class AssignmentGrouping(Base):
    __tablename__ = "assignment_grouping"
    assignment_id = sa.Column(sa.ForeignKey("assignment.id"), primary_key=True)
    grouping_id = sa.Column(sa.ForeignKey("grouping.id"), primary_key=True)
`,
    told: "missing-index lms/models.py:8",
  },
  {
    title: "the index on an identifier that a view filters by",
    around: {
      "content/views.py": `from django.http import JsonResponse

from content.models import UsageEvent


def usage(request, resource_id):
    events = UsageEvent.objects.filter(resource_id=resource_id)
    return JsonResponse({"count": events.count()})
`,
    },
    path: "content/models.py",
    mended: `from django.conf import settings
from django.db import models


class UsageEvent(models.Model):
    developer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    resource_id = models.PositiveIntegerField(db_index=True)
`,
    broken: `from django.conf import settings
from django.db import models


class UsageEvent(models.Model):
    developer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    resource_id = models.PositiveIntegerField()
`,
    told: "missing-index content/models.py:7",
  },
  {
    title: "what a viewset brings along, refined further down",
    around: {
      "files/models.py": `from django.db import models


class State(models.Model):
    name = models.CharField(max_length=20)


class DataFile(models.Model):
    state = models.ForeignKey(State, on_delete=models.CASCADE)
    year = models.IntegerField()
`,
      "files/serializers.py": `from rest_framework import serializers

from files.models import DataFile, State


class StateSerializer(serializers.ModelSerializer):
    class Meta:
        model = State
        fields = ["name"]


class DataFileSerializer(serializers.ModelSerializer):
    state = StateSerializer(read_only=True)

    class Meta:
        model = DataFile
        fields = ["id", "state"]
`,
    },
    path: "files/views.py",
    mended: `from rest_framework.viewsets import ModelViewSet

from files.models import DataFile
from files.serializers import DataFileSerializer


class DataFileViewSet(ModelViewSet):
    serializer_class = DataFileSerializer
    queryset = DataFile.objects.all().select_related("state")

    def get_queryset(self):
        return super().get_queryset().filter(year=self.request.query_params["year"])
`,
    broken: `from rest_framework.viewsets import ModelViewSet

from files.models import DataFile
from files.serializers import DataFileSerializer


class DataFileViewSet(ModelViewSet):
    serializer_class = DataFileSerializer
    queryset = DataFile.objects.all()

    def get_queryset(self):
        return super().get_queryset().filter(year=self.request.query_params["year"])
`,
    told: "n-plus-one-query files/views.py:9",
  },
  {
    title: "what was joined for a loop within a loop",
    around: { "scoring/models.py": scoring },
    path: "scoring/stats.py",
    mended: `from sqlalchemy.orm import joinedload

from scoring.models import Service, session


class Stats:
    @staticmethod
    def of(workers):
        facts = {}
        services = session.query(Service).options(joinedload(Service.team)).all()
        for worker in workers:
            facts[worker] = [service.team.name for service in services]
        return facts
`,
    broken: `from scoring.models import Service, session


class Stats:
    @staticmethod
    def of(workers):
        facts = {}
        services = session.query(Service).all()
        for worker in workers:
            facts[worker] = [service.team.name for service in services]
        return facts
`,
    told: "n-plus-one-query scoring/stats.py:10",
  },
  {
    title: "a number for each row that was counted with the rows",
    around: {
      "courses/models.py": `from django.db import models


class Project(models.Model):
    slug = models.SlugField()


class Review(models.Model):
    project = models.ForeignKey(Project, on_delete=models.CASCADE)
    state = models.CharField(max_length=2)
`,
    },
    path: "courses/views.py",
    mended: `from django.db.models import Count
from django.shortcuts import render

from courses.models import Project


def badge(project):
    return "done" if project.review_count > 2 else "open"


def projects(request):
    rows = []
    for project in Project.objects.annotate(review_count=Count("review")):
        rows.append(badge(project))
    return render(request, "projects.html", {"rows": rows})
`,
    broken: `from django.shortcuts import render

from courses.models import Project, Review


def badge(project):
    done = Review.objects.filter(project=project, state="SU").count()
    return "done" if done > 2 else "open"


def projects(request):
    rows = []
    for project in Project.objects.all():
        rows.append(badge(project))
    return render(request, "projects.html", {"rows": rows})
`,
    told: "n-plus-one-query courses/views.py:14",
  },
  {
    title: "the answer of a route whose rows came with their owner",
    around: {
      "shop/models.py": `from sqlalchemy import ForeignKey, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, sessionmaker

make_session = sessionmaker(create_engine("postgresql://shop"))


class Base(DeclarativeBase):
    pass


class Owner(Base):
    __tablename__ = "owner"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("owner.id"), index=True)
    owner: Mapped[Owner] = relationship()
`,
      "shop/schemas.py": `from pydantic import BaseModel


class OwnerOut(BaseModel):
    name: str


class ItemOut(BaseModel):
    id: int
    owner: OwnerOut
`,
    },
    path: "shop/api.py",
    mended: `from fastapi import APIRouter
from sqlalchemy.orm import joinedload

from shop.models import Item, make_session
from shop.schemas import ItemOut

router = APIRouter()


@router.get("/items", response_model=list[ItemOut])
def items():
    with make_session() as session:
        return session.query(Item).options(joinedload(Item.owner)).limit(100).all()
`,
    broken: `from fastapi import APIRouter

from shop.models import Item, make_session
from shop.schemas import ItemOut

router = APIRouter()


@router.get("/items", response_model=list[ItemOut])
def items():
    with make_session() as session:
        return session.query(Item).limit(100).all()
`,
    told: "n-plus-one-query shop/api.py:12",
  },
];

testUndone(undone, /^design\/(?:missing-index|n-plus-one-query)$/u);
