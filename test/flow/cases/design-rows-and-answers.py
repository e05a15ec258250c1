# Queries for each row, by way of objects of a module and of what an answer is made of.


# === tables of a module, asked for each row
# --- web/database.py
from contextlib import contextmanager
from sqlalchemy import create_engine
from sqlalchemy.orm import declarative_base, sessionmaker

make_session = sessionmaker(bind=create_engine("postgresql://web"))
Base = declarative_base()


def get_session():
    session = make_session()
    try:
        yield session
    finally:
        session.close()


get_db = contextmanager(get_session)


# --- web/chats.py
from sqlalchemy import Column, Text
from web.database import Base, get_db


class Chat(Base):
    __tablename__ = "chat"
    id = Column(Text, primary_key=True)
    folder_id = Column(Text, index=True)
    title = Column(Text)


class ChatTable:
    def of_folder(self, folder_id):
        with get_db() as db:
            return db.query(Chat).filter_by(folder_id=folder_id).all()

    def of_folders(self, folder_ids):
        with get_db() as db:
            return db.query(Chat).filter(Chat.folder_id.in_(folder_ids)).all()


chats = ChatTable()


# --- web/folders.py
from sqlalchemy import Column, Text
from web.database import Base, get_db


class Folder(Base):
    __tablename__ = "folder"
    id = Column(Text, primary_key=True)
    user_id = Column(Text, index=True)


class FolderTable:
    def of_user(self, user_id):
        with get_db() as db:
            return [folder for folder in db.query(Folder).filter_by(user_id=user_id).all()]


folders = FolderTable()


# --- web/api.py
from fastapi import APIRouter
from web import chats as chat_tables
from web.chats import chats
from web.folders import folders

router = APIRouter()


@router.get("/folders")
def list_folders(user_id: str):
    return [
        {"id": folder.id, "chats": [chat.title for chat in chats.of_folder(folder.id)]}  # finding: n-plus-one-query
        for folder in folders.of_user(user_id)
    ]


@router.get("/counts")
def count_chats(user_id: str):
    counts = {}
    for folder in folders.of_user(user_id):
        counts[folder.id] = len(chat_tables.chats.of_folder(folder.id))  # finding: n-plus-one-query
    return counts


@router.get("/together")
def list_together(user_id: str):
    found = folders.of_user(user_id)
    titles = {}
    for chat in chats.of_folders([folder.id for folder in found]):
        titles.setdefault(chat.folder_id, []).append(chat.title)
    return titles


# === rows of a relation bring nothing along, whatever another query loads
from flask import Flask, jsonify
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import selectinload

app = Flask(__name__)
db = SQLAlchemy(app)

readers = db.Table(
    "readers",
    db.Column("user_id", db.Integer, db.ForeignKey("users.id"), primary_key=True),
    db.Column("folder_id", db.Integer, db.ForeignKey("folders.id"), primary_key=True),
)


class User(db.Model):
    __tablename__ = "users"
    id = db.Column(db.Integer, primary_key=True)


class Service(db.Model):
    __tablename__ = "services"
    id = db.Column(db.Integer, primary_key=True)
    folders = db.relationship("Folder", back_populates="service")


class Folder(db.Model):
    __tablename__ = "folders"
    id = db.Column(db.Integer, primary_key=True)
    service_id = db.Column(db.Integer, db.ForeignKey("services.id"), index=True)
    service = db.relationship("Service", back_populates="folders")
    users = db.relationship("User", secondary=readers, uselist=True)

    def serialize(self):
        return {"id": self.id, "users": [user.id for user in self.users]}


def fetch_service(service_id):
    return Service.query.filter_by(id=service_id).one()


@app.get("/folders/<int:service_id>")
def folders(service_id):
    service = fetch_service(service_id)
    return jsonify([folder.serialize() for folder in service.folders])  # finding: n-plus-one-query


@app.get("/eager/<int:service_id>")
def eager_folders(service_id):
    wanted = selectinload(Service.folders).selectinload(Folder.users)
    service = Service.query.filter_by(id=service_id).options(wanted).one()
    return jsonify([folder.serialize() for folder in service.folders])


# === a branch that leaves the loop
from django.db import models
from django.http import JsonResponse


class Parcel(models.Model):
    code = models.CharField(max_length=9)


class Scan(models.Model):
    parcel = models.ForeignKey(Parcel, on_delete=models.CASCADE)
    place = models.CharField(max_length=9)


def find(request):
    for code in request.GET.getlist("code"):
        if code.startswith("X"):
            if len(code) > 3:
                parcel = Parcel.objects.filter(code=code).first()
                if parcel is not None:
                    return JsonResponse({"id": parcel.id})
            return JsonResponse({"scans": Scan.objects.filter(place=code).count()})
    return JsonResponse({})


def first_letter(code):
    if code:
        return Parcel.objects.filter(code=code).first()
    return None


def letters(request):
    found = [first_letter(code) for code in request.GET.getlist("code")]  # finding: n-plus-one-query
    return JsonResponse({"found": len(found)})


# === what was prefetched to an attribute is asked for only where it is missing
from django.db import models
from django.db.models import Prefetch
from django.http import JsonResponse


class Device(models.Model):
    name = models.CharField(max_length=9)

    def current_job(self):
        try:
            return self.running_jobs[0]
        except AttributeError:
            return self.jobs.filter(done=False).first()
        except IndexError:
            return None

    def last_job(self):
        if hasattr(self, "running_jobs"):
            return self.running_jobs[-1]
        else:
            return self.jobs.filter(done=False).last()


class Job(models.Model):
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="jobs")
    done = models.BooleanField(default=False)


def devices(request):
    running = Prefetch("jobs", queryset=Job.objects.filter(done=False), to_attr="running_jobs")
    found = Device.objects.prefetch_related(running)
    names = [device.current_job().id for device in found]
    return JsonResponse({"names": names, "last": [device.last_job().id for device in found]})


def plain_devices(request):
    names = [device.current_job().id for device in Device.objects.all()]  # finding: n-plus-one-query
    return JsonResponse({"names": names})


def last_devices(request):
    names = [device.last_job().id for device in Device.objects.all()]  # finding: n-plus-one-query
    return JsonResponse({"names": names})


# === the answer of a route reads relations of its rows
# --- shop/models.py
from sqlalchemy import ForeignKey, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, sessionmaker

make_session = sessionmaker(create_engine("postgresql://shop"))


class Base(DeclarativeBase):
    pass


class Owner(Base):
    __tablename__ = "owner"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Maker(Base):
    __tablename__ = "maker"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("owner.id"), index=True)
    maker_id: Mapped[int] = mapped_column(ForeignKey("maker.id"), index=True)
    owner: Mapped[Owner] = relationship()
    maker: Mapped[Maker] = relationship(lazy="joined")


# --- shop/schemas.py
from pydantic import BaseModel, ConfigDict, Field


class Named(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    name: str


class ItemOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    owner: Named | None


class ItemMade(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    maker: Named
    owner: str = Field(validation_alias="owner_name")


class ItemBrief(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    owner_id: int


class Page(BaseModel):
    total: int


# --- shop/api.py
from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, joinedload
from shop.models import Item, make_session
from shop.schemas import ItemBrief, ItemMade, ItemOut, Page

router = APIRouter()


def get_db():
    with make_session() as session:
        yield session


def newest(db: Session):
    return db.query(Item).order_by(Item.id.desc()).limit(100)


@router.get("/items", response_model=list[ItemOut])
def items(db: Session = Depends(get_db)):
    return db.query(Item).limit(100).all()  # finding: n-plus-one-query


@router.get("/newest")
def newest_items(db: Session = Depends(get_db)) -> list[ItemOut]:
    return newest(db).all()  # finding: n-plus-one-query


@router.get("/validated")
def validated_items(db: Session = Depends(get_db)):
    return [ItemOut.model_validate(item) for item in newest(db).all()]  # finding: n-plus-one-query


@router.get("/eager", response_model=list[ItemOut])
def eager_items(db: Session = Depends(get_db)):
    return db.scalars(select(Item).options(joinedload(Item.owner)).limit(100)).all()


@router.get("/brief", response_model=list[ItemBrief])
def brief_items(db: Session = Depends(get_db)):
    return db.query(Item).limit(100).all()


@router.get("/made", response_model=list[ItemMade])
def made_items(db: Session = Depends(get_db)):
    return db.query(Item).limit(100).all()


@router.get("/items/{id}", response_model=ItemOut)
def item(id: int, db: Session = Depends(get_db)):
    return db.get(Item, id)


@router.get("/few", response_model=list[ItemOut])
def few_items(db: Session = Depends(get_db)):
    return db.query(Item).limit(100).all()[:5]


@router.get("/page", response_model=Page)
def page(db: Session = Depends(get_db)):
    return Page(total=db.query(Item).count())


@router.get("/async", response_model=list[ItemOut])
async def async_items(db: AsyncSession):
    return (await db.scalars(select(Item).limit(100))).all()
