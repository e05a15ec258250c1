import asyncpg
from fastapi import FastAPI, HTTPException

app = FastAPI()


class Audit:
    def __init__(self, pool: asyncpg.Pool):
        self.pool = pool

    async def write(self, text: str) -> None:
        await self.pool.execute("INSERT INTO audit VALUES ($1)", text)

    async def is_allowed(self, user: str) -> bool:
        return await self.pool.fetchval("SELECT allowed FROM person WHERE name = $1", user)


async def load_user(pool: asyncpg.Pool, name: str):
    return await pool.fetchrow("SELECT * FROM person WHERE name = $1", name)


@app.delete("/users/{name}")
async def remove(name: str, by: str):
    pool = await asyncpg.create_pool()
    audit = Audit(pool)
    if not audit.is_allowed(by):  # finding: a coroutine is always true
        raise HTTPException(403)
    await pool.execute("DELETE FROM person WHERE name = $1", name)
    audit.write(f"{by} removed {name}")  # finding: Nothing of `write` runs here
    return {"ok": True}


@app.get("/users/{name}/mail")
async def mail(name: str):
    pool = await asyncpg.create_pool()
    return load_user(pool, name)["mail"]  # finding: Write `await load_user(...)`


def on_exit(audit: Audit):
    audit.write("stopped")  # finding: `asyncio.run(...)`
