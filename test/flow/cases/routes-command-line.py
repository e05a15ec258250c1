# Programs started by hand: arguments of Click, Typer and argparse, and the environment.

import subprocess


# === commands of Click
import click


@click.group()
def main():
    pass


@main.command()
@click.option("--name", "-n", default="a")
@click.option("--count", type=int, default=1)
@click.option("--side", type=click.Choice(["left", "right"]))
@click.option("--dry-run", is_flag=True)
@click.argument("folder")
def show(name, count, side, dry_run, folder):
    subprocess.run(f"ls {name}", shell=True)  # finding
    subprocess.run(f"head -n {count} {side} {dry_run}", shell=True)
    subprocess.run("ls " + folder, shell=True)  # finding
    subprocess.run(["ls", folder])


def helper(name):
    subprocess.run(f"ls {name}", shell=True)


# === commands of Typer
from typing import Annotated, Optional

import typer

app = typer.Typer()


@app.command()
def show(name: str, count: int = 1, folder: Annotated[Optional[str], typer.Option()] = None, force: bool = False):
    subprocess.run(f"ls {name}", shell=True)  # finding
    subprocess.run(f"head -n {count} {force}", shell=True)
    subprocess.run(f"ls {folder}", shell=True)  # finding


def main(name: str, count: int):
    subprocess.run(f"ls {name}", shell=True)  # finding
    subprocess.run(f"ls {count}", shell=True)


typer.run(main)


# === arguments that argparse has checked
import argparse


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument("--count", type=int)
    parser.add_argument("--side", choices=["left", "right"])
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("-f", "--folder", dest="place")
    args = parser.parse_args()
    subprocess.run(f"ls {args.name}", shell=True)  # finding
    subprocess.run(f"head -n {args.count} {args.side} {args.dry_run}", shell=True)
    subprocess.run(f"ls {args.place}", shell=True)  # finding
