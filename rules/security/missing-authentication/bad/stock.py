from fastapi import APIRouter, Depends

from accounts import current_user

router = APIRouter(prefix="/stock")


@router.get("/")
async def count(user=Depends(current_user)):
    return await load(user)


@router.post("/")
async def add(item: dict, user=Depends(current_user)):
    return await store(item, user)


@router.put("/{item}")
async def change(item: int, amount: int):  # finding: asks nobody
    return await store(item, amount)
