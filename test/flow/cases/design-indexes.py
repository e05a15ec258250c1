# Indexes as web projects declare them, forget them and take them away: models, migrations, queries in other files.


# === sqlmodel template: owner_id cascade, list by owner
# --- app/models.py
import uuid
from sqlmodel import Field, Relationship, SQLModel


class User(SQLModel, table=True):
    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    email: str = Field(unique=True, index=True, max_length=255)
    items: list["Item"] = Relationship(back_populates="owner", cascade_delete=True)


class ItemBase(SQLModel):
    title: str = Field(min_length=1, max_length=255)


class Item(ItemBase, table=True):
    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    owner_id: uuid.UUID = Field(foreign_key="user.id", nullable=False, ondelete="CASCADE")  # finding: missing-index
    owner: User | None = Relationship(back_populates="items")


# --- app/db.py
from sqlmodel import create_engine
engine = create_engine("postgresql+psycopg://app")

# --- app/items.py
from sqlmodel import Session, select
from app.models import Item


def for_owner(session: Session, owner_id):
    return session.exec(select(Item).where(Item.owner_id == owner_id).limit(10)).all()


# === fk only behind another in a composite index (skyvern)
# --- forge/models.py
from sqlalchemy import Column, DateTime, ForeignKey, Index, String, create_engine
from sqlalchemy.orm import declarative_base
Base = declarative_base()
engine = create_engine("postgresql+asyncpg://x")


class RunBlock(Base):
    __tablename__ = "run_blocks"
    __table_args__ = (Index("org_run_index", "organization_id", "workflow_run_id"),)
    id = Column(String, primary_key=True)
    organization_id = Column(String, ForeignKey("organizations.id"), nullable=True)
    workflow_run_id = Column(String, ForeignKey("workflow_runs.id"), nullable=False)  # finding: missing-index
    created_at = Column(DateTime)


class Organization(Base):
    __tablename__ = "organizations"
    id = Column(String, primary_key=True)


class WorkflowRun(Base):
    __tablename__ = "workflow_runs"
    id = Column(String, primary_key=True)


# --- forge/client.py
from sqlalchemy import select
from forge.models import RunBlock


async def blocks(session, run_id):
    return (await session.scalars(select(RunBlock).filter_by(workflow_run_id=run_id))).all()


# === declared_attr args, annotated args, op.create_index only
# --- polar/models.py
from typing import Any
from uuid import UUID
from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, Uuid, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

engine = create_engine("postgresql+asyncpg://x")


class Model(DeclarativeBase):
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)


class Customer(Model):
    __tablename__ = "customers"


class Dispute(Model):
    __tablename__ = "disputes"
    __table_args__: Any = (
        UniqueConstraint("processor", "processor_id"),
        Index("ix_d", "order_id", "status"),
    )
    processor: Mapped[str] = mapped_column(String)
    processor_id: Mapped[str] = mapped_column(String)
    status: Mapped[str] = mapped_column(String)
    order_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("customers.id"), nullable=False)
    customer_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("customers.id"), nullable=False, index=True)


class OrderItem(Model):
    __tablename__ = "order_items"
    parent_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("customers.id"))

    @declared_attr.directive
    def __table_args__(cls):
        return (Index("ix_p", cls.parent_id),)


class Refund(Model):
    __tablename__ = "refunds"
    order_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("customers.id", ondelete="cascade"))


class Payout(Model):
    __tablename__ = "payouts"

    @declared_attr
    def customer_id(cls) -> Mapped[UUID]:
        return mapped_column(Uuid, ForeignKey("customers.id"), nullable=False, index=True)


Index("ix_after", Refund.order_id)

# --- polar/repo.py
from sqlalchemy import select
from polar.models import Dispute


def get(processor, pid):
    return select(Dispute).where(Dispute.processor == processor, Dispute.processor_id == pid)


# === index in alembic only
# --- app/models.py
from sqlalchemy import Column, ForeignKey, Integer, create_engine
from sqlalchemy.orm import declarative_base
Base = declarative_base()
engine = create_engine("postgresql://x")


class Account(Base):
    __tablename__ = "account"
    id = Column(Integer, primary_key=True)


class Payment(Base):
    __tablename__ = "payment"
    id = Column(Integer, primary_key=True)
    account_id = Column(Integer, ForeignKey("account.id", ondelete="CASCADE"), nullable=False)


# --- migrations/versions/001_x.py
from alembic import op
import sqlalchemy as sa
revision = "001"
down_revision = None


def upgrade():
    op.create_table("payment", sa.Column("id", sa.Integer, primary_key=True), sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id")))
    op.create_index(op.f("ix_payment_account_id"), "payment", ["account_id"], unique=False)


def downgrade():
    op.drop_index(op.f("ix_payment_account_id"), table_name="payment")


# === alembic adds a fk column without an index
# --- alembic/versions/9_add_org.py
"""add org"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
revision = "9"
down_revision = "8"


def upgrade() -> None:
    op.add_column("invoice_events", sa.Column("org_id", postgresql.UUID(), sa.ForeignKey("orgs.id", ondelete="CASCADE"), nullable=True))  # finding: missing-index


def downgrade() -> None:
    op.drop_column("invoice_events", "org_id")


# === django filters on unindexed
# --- shop/settings.py
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "x"}}

# --- shop/models.py
from django.db import models


class Payment(models.Model):
    order = models.ForeignKey("Order", on_delete=models.CASCADE)
    psp_reference = models.CharField(max_length=512, blank=True, null=True)  # finding: missing-index
    status = models.CharField(max_length=20, choices=[("a", "A")])
    created_at = models.DateTimeField(auto_now_add=True)


class Order(models.Model):
    token = models.CharField(max_length=36, unique=True)
    slug = models.SlugField()
    is_paid = models.BooleanField(default=False)


class PageView(models.Model):
    date = models.DateTimeField()  # finding: missing-index
    path = models.CharField(max_length=200)


class Setting(models.Model):
    key = models.CharField(max_length=50)


class BlobStore(models.Model):
    checksum = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["checksum", "id"])]


# --- shop/views.py
from datetime import timedelta
from django.http import JsonResponse
from django.utils import timezone
from shop.models import BlobStore, Order, PageView, Payment, Setting


def webhook(request):
    payment = Payment.objects.filter(psp_reference=request.POST["ref"]).first()
    return JsonResponse({"id": payment.pk})


def order(request, token):
    o = Order.objects.get(token=token)
    paid = Order.objects.filter(is_paid=True).count()
    s = Order.objects.filter(slug=token).first()
    setting = Setting.objects.get(key="theme")
    b = BlobStore.objects.filter(checksum=token).exists()
    return JsonResponse({"o": o.pk, "paid": paid})


def clean_page_views():
    PageView.objects.filter(date__lt=timezone.now() - timedelta(days=30)).delete()


# === django db_index False
# --- shop/models.py
from django.db import models


class Tag(models.Model):
    name = models.CharField(max_length=20)


class Event(models.Model):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, db_index=False)  # finding: missing-index
    other = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+")
    third = models.ForeignKey(Tag, on_delete=models.CASCADE, db_index=False, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["third", "id"])]


# --- shop/views.py
from django.http import HttpResponse
from shop.models import Event


def events(request, tag):
    return HttpResponse(str(Event.objects.filter(tag_id=tag).count()))


# === mysql (CTFd)
# --- CTFd/config.py
SQLALCHEMY_DATABASE_URI = "mysql+pymysql://ctfd:ctfd@db/ctfd"

# --- CTFd/models.py
from flask_sqlalchemy import SQLAlchemy
db = SQLAlchemy()


class Users(db.Model):
    __tablename__ = "users"
    id = db.Column(db.Integer, primary_key=True)


class Submissions(db.Model):
    __tablename__ = "submissions"
    id = db.Column(db.Integer, primary_key=True)
    user_id = db.Column(db.Integer, db.ForeignKey("users.id", ondelete="CASCADE"))


# === joined-table inheritance and association tables
# --- app/models.py
from sqlalchemy import Column, ForeignKey, Integer, String, Table, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
engine = create_engine("postgresql://x")


class Base(DeclarativeBase):
    pass


user_role = Table("user_role", Base.metadata,
    Column("user_id", ForeignKey("users.id"), primary_key=True),
    Column("role_id", ForeignKey("roles.id"), primary_key=True))


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "kind"}


class Role(Base):
    __tablename__ = "roles"
    id: Mapped[int] = mapped_column(primary_key=True)


class Admin(User):
    __tablename__ = "admins"
    id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)


class Profile(Base):
    __tablename__ = "profiles"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), unique=True)


# === removed index in migration but still filtered
# --- app/models.py
from sqlalchemy import Column, Integer, String, create_engine
from sqlalchemy.orm import declarative_base
Base = declarative_base()
engine = create_engine("postgresql://x")


class Session(Base):
    __tablename__ = "sessions"
    id = Column(Integer, primary_key=True)
    token = Column(String)


# --- app/auth.py
from app.models import Session


def by_token(db, token):
    return db.query(Session).filter(Session.token == token).first()


# --- alembic/versions/2_drop.py
from alembic import op
revision = "2"
down_revision = "1"


def upgrade():
    op.drop_index("ix_sessions_token", table_name="sessions")  # finding: missing-index


def downgrade():
    op.create_index("ix_sessions_token", "sessions", ["token"])


# --- alembic/versions/1_make.py
from alembic import op
import sqlalchemy as sa
revision = "1"
down_revision = None


def upgrade():
    op.create_table("sessions", sa.Column("id", sa.Integer, primary_key=True), sa.Column("token", sa.String))
    op.create_index("ix_sessions_token", "sessions", ["token"])


# === orm filter in auth path, sqlalchemy 2.0 async
# --- app/models.py
import uuid
from datetime import datetime
from sqlalchemy import ForeignKey, create_engine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
engine = create_async_engine("postgresql+asyncpg://x")


class Base(DeclarativeBase):
    pass


class ApiKey(Base):
    __tablename__ = "api_keys"
    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str]  # finding: missing-index
    revoked: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


# --- app/auth.py
from fastapi import Depends, Header, HTTPException
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from app.models import ApiKey


async def authenticate(db: AsyncSession, hashed: str):
    result = await db.execute(select(ApiKey).where(ApiKey.key_hash == hashed, ApiKey.revoked.is_(False)))
    return result.scalar_one_or_none()


# === mixin with fk, abstract base, pydantic
# --- app/models.py
from datetime import datetime
from pydantic import BaseModel
from sqlalchemy import Column, ForeignKey, Integer, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, declarative_mixin, declared_attr, mapped_column
engine = create_engine("postgresql://x")


class Base(DeclarativeBase):
    pass


class OwnedMixin:
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)


class Document(OwnedMixin, Base):
    __tablename__ = "documents"
    id: Mapped[int] = mapped_column(primary_key=True)


class DocumentOut(BaseModel):
    owner_id: int


# === generic fk
# --- extras/models.py
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class JournalEntry(models.Model):
    assigned_object_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    assigned_object_id = models.PositiveBigIntegerField()  # finding: missing-index
    assigned_object = GenericForeignKey("assigned_object_type", "assigned_object_id")


class ImageAttachment(models.Model):
    object_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    parent = GenericForeignKey("object_type", "object_id")

    class Meta:
        indexes = [models.Index(fields=("object_type", "object_id"))]


# --- extras/views.py
from django.http import JsonResponse
from extras.models import ImageAttachment, JournalEntry


def entries(request, ct, pk):
    n = JournalEntry.objects.filter(assigned_object_type_id=ct, assigned_object_id=pk).count()
    m = ImageAttachment.objects.filter(object_type_id=ct, object_id=pk).count()
    return JsonResponse({"n": n, "m": m})


# === range on append-only sqlalchemy
# --- app/models.py
from datetime import datetime
from sqlalchemy import Column, DateTime, Integer, String, create_engine
from sqlalchemy.orm import declarative_base
engine = create_engine("postgresql://x")
Base = declarative_base()


class AuditEvent(Base):
    __tablename__ = "audit_events"
    id = Column(Integer, primary_key=True)
    kind = Column(String)
    created_at = Column(DateTime, default=datetime.utcnow)  # finding: missing-index


# --- app/tasks.py
from datetime import datetime, timedelta
from celery import shared_task
from app.db import SessionLocal
from app.models import AuditEvent


@shared_task
def purge():
    with SessionLocal() as session:
        session.query(AuditEvent).filter(AuditEvent.created_at < datetime.utcnow() - timedelta(days=30)).delete()
        session.commit()
