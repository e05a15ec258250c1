import logging

from flask import Flask

from shop.orders import import_orders, reprice

app = Flask(__name__)
logger = logging.getLogger(__name__)


@app.post("/import")
def start_import():
    try:
        import_orders()
    except Exception:
        logger.error("import failed")  # finding: does not say what went wrong
        return "failed", 500
    return "imported"


@app.post("/prices")
def prices():
    try:
        reprice()
    except Exception as error:
        logger.warning("prices not changed")  # finding: `logger.exception(...)`
        return "failed", 500
    return "changed"


@app.post("/stock")
def stock():
    try:
        import_orders()
    except ValueError as error:
        print("bad stock file", error)  # finding: no log, level or alert
        return "failed", 400
    return "counted"
