import asyncio
from functools import wraps


def background(function):
    @wraps(function)
    def start(*args):
        return asyncio.run(function(*args))

    return start


async def load(name: str) -> dict:
    await asyncio.sleep(0)
    return {"name": name}


async def names():
    yield "a"
    yield "b"


@background
async def remind(name: str) -> None:
    await asyncio.sleep(1)


class Memory:
    def load(self, name):
        return {"name": name}


class Remote:
    async def load(self, name):
        return await load(name)


def lazily(name: str):
    return load(name)


async def main(memory: Memory, remote: Remote):
    one = await load("a")
    two, three = await asyncio.gather(load("b"), remote.load("c"))
    task = asyncio.create_task(load("d"))
    waiting = load("e")
    memory.load("f")
    remind("g")
    if (await load("h"))["name"]:
        print(await waiting, await task, await lazily("i"))
    async for name in names():
        print(name)
    return [one, two, three, await asyncio.wait_for(load("j"), 5)]


def start():
    loop = asyncio.new_event_loop()
    loop.run_until_complete(load("k"))
    asyncio.run(main(Memory(), Remote()))
