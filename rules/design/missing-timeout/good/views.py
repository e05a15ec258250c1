import subprocess

import click
from flask import Flask

app = Flask(__name__)


@app.post("/thumbnails")
def thumbnails():
    subprocess.run(["convert", "cover.png", "-resize", "200", "small.png"], check=True, timeout=20)
    return "", 204


@app.post("/reports")
def report():
    printing = subprocess.Popen(["lp", "report.pdf"])
    printing.wait(5)
    return "", 204


@app.post("/start")
def start():
    # Nobody waits for it.
    subprocess.Popen(["reindex", "--all"])
    return "", 202


@click.command()
def rebuild():
    subprocess.run(["make", "catalogue"], check=True)
