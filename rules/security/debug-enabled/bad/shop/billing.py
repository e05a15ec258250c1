import os

from flask import Flask, jsonify

DEBUG = True
app = Flask(__name__)
app.config["DEBUG"] = True  # finding: a console that runs Python


@app.get("/invoices")
def invoices():
    return jsonify([])


def serve(debug=False):
    app.run(port=8080, debug=debug)


def main():
    serve(debug=DEBUG)  # finding: leave `debug` out


if __name__ == "__main__":
    app.run(debug=bool(os.environ.get("FLASK_DEBUG", "0")))  # finding: switches the debug mode on
