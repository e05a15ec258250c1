from datetime import datetime
from typing import Annotated
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, MetaData, func
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

convention = {"ix": "ix_%(column_0_label)s", "fk": "fk_%(table_name)s_%(column_0_name)s"}
uuid_pk = Annotated[UUID, mapped_column(primary_key=True, default=uuid4)]
guest_fk = Annotated[UUID, mapped_column(ForeignKey("guest.id", ondelete="CASCADE"))]


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=convention)

    @declared_attr.directive
    def __tablename__(cls) -> str:
        return cls.__name__.lower()


class Stamped:
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Owned:
    @declared_attr
    def owner_id(cls) -> Mapped[UUID]:
        return mapped_column(ForeignKey("guest.id"), index=True)
