from fastapi import APIRouter, Depends, FastAPI

from accounts import current_user

app = FastAPI()
router = APIRouter(prefix="/stock", dependencies=[Depends(current_user)])
shop = APIRouter(prefix="/shop")


@router.get("/")
async def count(user=Depends(current_user)):
    return await load(user)


@router.post("/")
async def add(item: dict, user=Depends(current_user)):
    return await store(item, user)


@router.put("/{item}")
async def change(item: int, amount: int):
    return await store(item, amount)


@shop.post("/baskets")
async def fill(item: int):
    return await store(item, 1)


@shop.delete("/baskets")
async def empty():
    return await store(None, 0)
