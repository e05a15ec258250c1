from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bistro.models import Guest, Order, OrderLine


class OrderRepository:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def for_guest(self, guest_id: UUID) -> Sequence[Order]:
        statement = select(Order).where(Order.guest_id == guest_id).order_by(Order.created_at)
        result = await self.session.execute(statement)
        return result.scalars().all()

    async def lines_of_dish(self, dish_id: UUID) -> Sequence[OrderLine]:
        return (await self.session.scalars(select(OrderLine).where(OrderLine.dish_id == dish_id))).all()

    async def with_lines(self, ids: Sequence[UUID]) -> Sequence[Order]:
        statement = select(Order).where(Order.id.in_(ids)).options(selectinload(Order.lines))
        return (await self.session.scalars(statement)).all()


class GuestRepository:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def by_email(self, email: str) -> Guest | None:
        return await self.session.scalar(select(Guest).filter_by(email=email))

    async def by_phone(self, digest: str) -> Guest | None:
        return await self.session.scalar(select(Guest).where(Guest.phone_hash == digest))

    async def page(self, limit: int, offset: int) -> Sequence[Guest]:
        return (await self.session.scalars(select(Guest).limit(limit).offset(offset))).all()
