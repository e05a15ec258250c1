from flask import Flask, current_app
from flask_talisman import Talisman

SECURE_SSL_REDIRECT = False
app = Flask(__name__)
Talisman(app, force_https=not app.debug)


def redirect_is_on():
    return current_app.config.get("FORCE_HTTPS", SECURE_SSL_REDIRECT)
