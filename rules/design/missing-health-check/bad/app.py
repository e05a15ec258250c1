from fastapi import FastAPI

from books import router

app = FastAPI()  # finding: `Dockerfile` runs this service
app.include_router(router)
