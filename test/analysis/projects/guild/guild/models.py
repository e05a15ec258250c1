from datetime import datetime
from uuid import UUID, uuid4

from pydantic import BaseModel
from sqlalchemy import Column, ForeignKey, Index
from sqlmodel import Field, Relationship, SQLModel


class MemberBase(SQLModel):
    email: str = Field(unique=True, index=True)
    nickname: str


class Member(MemberBase, table=True):
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    quests: list["Quest"] = Relationship(back_populates="owner")


class MemberOut(MemberBase):
    id: UUID
    guild_id: UUID


class Quest(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    owner_id: UUID = Field(foreign_key="member.id", ondelete="CASCADE")  # finding: missing-index, op.create_index(..., postgresql_concurrently=True)
    title: str
    owner: Member | None = Relationship(back_populates="quests")


class Loot(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    quest_id: int = Field(sa_column=Column(ForeignKey("quest.id"), index=True))
    finder_id: UUID = Field(foreign_key="member.id")
    rarity_id: int = Field(foreign_key="rarity_type.id")
    found_at: datetime
    __table_args__ = (Index("ix_loot_finder", "finder_id", "found_at"),)


class QuestIn(BaseModel):
    owner_id: UUID
    token: str
