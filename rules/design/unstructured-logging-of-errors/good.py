import logging
import sys

import click
from flask import Flask

from shop.orders import NoOrders, import_orders

app = Flask(__name__)
logger = logging.getLogger(__name__)


class Outcome:
    """Has a method of the same name, and is no logger."""

    def __init__(self):
        self.errors = []

    def error(self, text):
        self.errors.append(text)


@app.post("/import")
def start_import():
    outcome = Outcome()
    try:
        import_orders()
    except NoOrders:
        logger.warning("nothing to import")
    except Exception:
        logger.exception("import failed")
        outcome.error("import failed")
    return {"errors": len(outcome.errors)}


@app.post("/again")
def import_again():
    try:
        import_orders()
    except Exception as error:
        logger.error("import failed: %s", type(error).__name__)
        return "failed", 500
    return "imported"


@app.post("/strict")
def import_strictly():
    try:
        import_orders()
    except Exception:
        logger.error("import failed")
        raise
    return "imported"


@app.post("/informed")
def import_informed():
    try:
        import_orders()
    except Exception:
        logger.error("import failed", exc_info=True)
        return "failed", 500
    return "imported"


@click.command()
def import_now():
    try:
        import_orders()
    except ValueError as error:
        print("bad file", error, file=sys.stderr)
