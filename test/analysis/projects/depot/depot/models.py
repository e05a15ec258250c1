from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.ext.declarative import declarative_base
from sqlalchemy.orm import declared_attr, relationship

Base = declarative_base()


class Audited:
    @declared_attr
    def created_by_id(cls):
        return Column(Integer, ForeignKey("staff.id"))  # finding: missing-index

    @declared_attr
    def created_by(cls):
        return relationship("Staff")


class Staff(Base):
    __tablename__ = "staff"
    id = Column(Integer, primary_key=True)
    badge = Column(String(10), unique=True)


class Shelf(Base):
    __tablename__ = "shelf"
    id = Column(Integer, primary_key=True)
    boxes = relationship("Box", back_populates="shelf")


class Box(Audited, Base):
    __tablename__ = "box"
    id = Column(Integer, primary_key=True)
    shelf_id = Column(Integer, ForeignKey("shelf.id"), index=True)
    barcode_hash = Column(String(64))
    sealed = Column(Boolean)
    shelf = relationship("Shelf", back_populates="boxes")

    @declared_attr
    def __table_args__(cls):
        return (Index("ix_box_hash", cls.barcode_hash), {"schema": "depot"})


class Movement(Base):
    __tablename__ = "movement"
    box_id = Column(ForeignKey("box.id"), primary_key=True)
    number = Column(Integer, primary_key=True)
    moved_at = Column(DateTime)  # finding: missing-index, `movement.moved_at` has no index
    device_id = Column(ForeignKey("device.id"))
    external_key = Column(String(40))
    __table_args__: tuple = (UniqueConstraint("device_id", "external_key"), {"comment": "what was moved"})
