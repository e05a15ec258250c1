from uuid import UUID

from fastapi import APIRouter

from bistro.db import SessionDep
from bistro.repositories import GuestRepository
from bistro.services import LoyaltyService

router = APIRouter()


@router.get("/guests")
async def guests(session: SessionDep, offset: int = 0):
    return await GuestRepository(session).page(50, offset)


@router.get("/guests/by-email")
async def by_email(email: str, session: SessionDep):
    return await GuestRepository(session).by_email(email)


@router.post("/points")
async def points(ids: list[UUID], session: SessionDep):
    return await LoyaltyService(session).points(ids)


@router.post("/totals")
async def totals(ids: list[UUID], session: SessionDep):
    return await LoyaltyService(session).totals(ids)
