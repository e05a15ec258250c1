import asyncio
import os
import subprocess
import sys

from flask import Flask, request

app = Flask(__name__)


@app.get("/ping")
def ping():
    host = request.args.get("host", "localhost")  # source
    done = subprocess.run(f"ping -c 1 {host}", shell=True, capture_output=True)  # finding: as a list, without a shell
    return done.stdout


def convert_command(name, width):
    return "convert uploads/" + name + " -resize " + str(width) + " small/" + name


@app.post("/thumbnails")
def make_thumbnail():
    picture = request.files["picture"]  # source
    picture.save(os.path.join("uploads", picture.filename))
    os.system(convert_command(picture.filename, 200))  # finding: part of the command line
    return "", 201


@app.post("/exports/<name>")
def export(name):  # source
    command = "pg_dump shop > exports/%s.sql" % name
    output = subprocess.check_output(["nice", "-n", "10", "true"])
    app.logger.info("niceness: %s", output)
    return os.popen(command).read()  # finding: can run any program


@app.post("/tools")
def run_tool():
    tool = request.json["tool"]  # source
    subprocess.run([tool, "--version"], check=True)  # finding: decides which program
    return "", 204


@app.get("/logs")
async def logs():
    pattern = request.args["pattern"]  # source
    process = await asyncio.create_subprocess_shell(  # finding: `asyncio.create_subprocess_exec`
        "grep '" + pattern + "' /var/log/shop.log",
        stdout=asyncio.subprocess.PIPE,
    )
    found, _ = await process.communicate()
    return found


def main():
    folder = sys.argv[1]  # source
    os.system(f"tar czf backup.tar.gz {folder}")  # finding: `os.system`


if __name__ == "__main__":
    main()
