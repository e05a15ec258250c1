import asyncio
import logging

from aiohttp import web

log = logging.getLogger(__name__)
routes = web.RouteTableDef()


async def send_mail(address: str) -> None:
    await asyncio.sleep(1)
    log.info("A mail went out")


async def refresh(app: web.Application) -> None:
    while True:
        await asyncio.sleep(60)
        app["rates"] = {}


@routes.post("/orders")
async def order(request: web.Request) -> web.Response:
    data = await request.json()
    asyncio.create_task(send_mail(data["mail"]))  # finding: Nobody keeps the task
    return web.json_response({"ok": True})


@routes.post("/orders/later")
async def order_later(request: web.Request) -> web.Response:
    loop = asyncio.get_running_loop()
    loop.create_task(send_mail("later@example.com"))  # finding: `loop.create_task`
    return web.json_response({"ok": True})


async def start(app: web.Application) -> None:
    task = asyncio.ensure_future(refresh(app))  # finding: `asyncio.TaskGroup`


app = web.Application()
app.on_startup.append(start)
app.add_routes(routes)
