import requests

from shop.billing import charge
from shop.mail import send_receipt


class Checkout:
    def __init__(self, orders, gateway):
        self.orders = orders
        self.gateway = gateway

    def pay(self, order):
        try:
            charge(order.card, order.total)
            order.mark_paid()
        except Exception:  # finding: hides every failure of `charge(order.card, order.total)`
            pass

    def confirm_all(self):
        for order in self.orders:
            try:
                send_receipt(order)
            except:  # finding: `except:` hides every failure
                continue

    def rates(self):
        try:
            answer = requests.get("https://rates.example.org/latest", timeout=5)
            return answer.json()
        except (ValueError, Exception):  # finding: catch what you expect
            return None

    async def refresh(self, client):
        try:
            await client.publish("prices.changed")
        except BaseException:  # finding: hides every failure of `client.publish("prices.changed")`
            ...
