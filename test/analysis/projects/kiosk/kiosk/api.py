from fastapi import APIRouter
from tortoise.functions import Count

from kiosk.models import OrderLine, Product, Vendor

router = APIRouter()
TORTOISE = {"connections": {"default": "asyncpg://kiosk@db/kiosk"}}


@router.get("/vendors/{vendor_id}")
async def products(vendor_id: int):
    return await Product.filter(vendor_id=vendor_id).values("id", "sku_code")


@router.get("/lines/{key}")
async def find_line(key: str):
    return await OrderLine.get_or_none(receipt_key=key)


@router.get("/menu")
async def menu():
    answer = []
    for product in await Product.all().limit(100):
        vendor = await product.vendor  # finding: n-plus-one-query
        answer.append({"id": product.id, "vendor": vendor.name})
    return answer


@router.get("/menu-fast")
async def menu_fast():
    return [
        {"id": product.id, "vendor": product.vendor.name}
        for product in await Product.all().prefetch_related("vendor").limit(100)
    ]


@router.get("/sizes")
async def sizes():
    vendors = await Vendor.all()
    return {vendor.name: await vendor.products.all().count() for vendor in vendors}  # finding: n-plus-one-query


@router.get("/sizes-fast")
async def sizes_fast():
    return await Vendor.annotate(size=Count("products")).values("name", "size")


@router.post("/stock")
async def stock(codes: list[str]):
    return [await Product.get(sku_code=code) for code in codes]  # finding: n-plus-one-query
