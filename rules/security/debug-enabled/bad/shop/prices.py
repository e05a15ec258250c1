from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.routing import Mount

api = FastAPI(title="prices", debug=True)  # finding: source, settings and variables
site = Starlette(debug=True, routes=[Mount("/api", api)])  # finding: leave `debug` out
