import asyncio

tasks: set[asyncio.Task] = set()


async def send_mail(address: str) -> None:
    await asyncio.sleep(1)


class Queue:
    def create_task(self, job):
        return job

    async def run(self):
        self.create_task("job")


def keep(task: asyncio.Task) -> None:
    tasks.add(task)
    task.add_done_callback(tasks.discard)


async def kept(address: str) -> None:
    task = asyncio.create_task(send_mail(address))
    tasks.add(task)
    task.add_done_callback(tasks.discard)


async def kept_elsewhere(address: str) -> None:
    keep(asyncio.create_task(send_mail(address)))


async def awaited(address: str) -> None:
    task = asyncio.create_task(send_mail(address))
    await asyncio.sleep(0)
    await task


async def grouped(addresses: list[str]) -> None:
    async with asyncio.TaskGroup() as group:
        for address in addresses:
            group.create_task(send_mail(address))


async def gathered(addresses: list[str]) -> None:
    waiting = [asyncio.create_task(send_mail(address)) for address in addresses]
    await asyncio.gather(*waiting)


def started(address: str) -> asyncio.Task:
    return asyncio.create_task(send_mail(address))


class Worker:
    def start(self) -> None:
        self.task = asyncio.create_task(send_mail("x"))

    def stop(self) -> None:
        self.task.cancel()
