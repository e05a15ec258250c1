from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bistro.repositories import GuestRepository, OrderRepository


class LoyaltyService:
    def __init__(self, session: AsyncSession) -> None:
        self.orders = OrderRepository(session)
        self.guests = GuestRepository(session)

    async def points(self, guest_ids: list[UUID]) -> dict[UUID, int]:
        points = {}
        for guest_id in guest_ids:
            points[guest_id] = len(await self.orders.for_guest(guest_id))  # finding: n-plus-one-query
        return points

    async def totals(self, ids: list[UUID]) -> int:
        return sum(len(order.lines) for order in await self.orders.with_lines(ids))
