import contextlib
import json
import logging

import requests

from shop.billing import CardRefused, charge
from shop.mail import send_receipt

try:
    import orjson
except Exception:
    orjson = None

logger = logging.getLogger(__name__)


class Checkout:
    def __init__(self, orders, connection, metrics):
        self.orders = orders
        self.connection = connection
        self.metrics = metrics

    def pay(self, order):
        try:
            charge(order.card, order.total)
        except CardRefused:
            pass
        except Exception:
            logger.exception("order %s was not charged", order.id)
            raise

    def confirm_all(self):
        failed = []
        for order in self.orders:
            try:
                send_receipt(order)
            except Exception:
                failed.append(order)
        return failed

    def is_reachable(self):
        try:
            requests.get("https://rates.example.org/health", timeout=5)
            return True
        except Exception:
            return False

    def limit_of(self, text):
        limit = 10
        try:
            limit = json.loads(text)["limit"]
        except Exception:
            pass
        return limit

    def finish(self):
        with contextlib.suppress(FileNotFoundError):
            self.connection.commit()
        try:
            self.metrics.count("finished")
            self.connection.commit()
        finally:
            try:
                self.connection.commit()
            except Exception:
                pass

    def close(self):
        try:
            self.connection.send("bye")
            self.connection.close()
        except Exception:
            pass

    def leave(self):
        try:
            self.connection.close()
        except Exception:
            pass
