import asyncpg
from fastapi import Depends, FastAPI, Request

app = FastAPI()


async def get_pool(request: Request) -> asyncpg.Pool:
    return request.app.state.pool


@app.get("/depots/{depot_id}")
async def depot(depot_id: int, pool: asyncpg.Pool = Depends(get_pool)):
    async with pool.acquire() as connection:
        return await connection.fetch("SELECT id FROM parcels WHERE depot_id = $1", depot_id)


@app.get("/weights")
async def weights(pool: asyncpg.Pool = Depends(get_pool)):
    total = 0
    for depot in await pool.fetch("SELECT id FROM depots"):
        total += await pool.fetchval("SELECT sum(weight) FROM parcels WHERE depot_id = $1", depot["id"])  # finding: n-plus-one-query
    return total


@app.get("/some")
async def some(pool: asyncpg.Pool = Depends(get_pool)):
    return await pool.fetch("SELECT id FROM parcels WHERE id = ANY($1)", [1, 2, 3])
