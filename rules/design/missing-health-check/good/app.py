from fastapi import FastAPI

from books import books, router

app = FastAPI()
app.include_router(router)


@app.get("/healthz")
def healthz():
    return {"books": len(books)}
