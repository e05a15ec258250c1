import os

from fastapi import FastAPI
from flask import Flask, jsonify

app = Flask(__name__)
app.config.from_object("shop.config.ProductionConfig")
api = FastAPI(debug=os.environ.get("API_DEBUG", "false").lower() in {"1", "true"})


class Report:
    def run(self, debug=False):
        return {"debug": debug}


@app.get("/report")
def report():
    return jsonify(Report().run(debug=True))


def run_dev_server():
    app.run(debug=True)


if __name__ == "__main__":
    if os.environ.get("FLASK_ENV") == "development":
        app.run(debug=True)
    else:
        app.run(debug=app.config["DEBUG"])
