import asyncio
import os
import re
import shlex
import subprocess
import sys

from flask import Flask, abort, request

app = Flask(__name__)

TOOLS = {"images": "convert", "video": "ffmpeg"}
HOSTNAME = re.compile(r"[a-z0-9][a-z0-9.-]*")


@app.get("/ping")
def ping():
    host = request.args.get("host", "localhost")
    done = subprocess.run(["ping", "-c", "1", "--", host], capture_output=True, timeout=5)
    return done.stdout


@app.get("/trace")
def trace():
    host = request.args.get("host", "localhost")
    if not HOSTNAME.fullmatch(host):
        abort(400)
    return subprocess.check_output(f"traceroute {host} | head -20", shell=True, timeout=30)


@app.post("/thumbnails/<int:number>")
def make_thumbnail(number):
    width = int(request.form["width"])
    command = f"convert uploads/{number}.png -resize {width} small/{number}.png"
    subprocess.run(command, shell=True, timeout=20)
    return "", 201


@app.post("/exports/<name>")
def export(name):
    path = shlex.quote("exports/" + name + ".sql")
    subprocess.run("pg_dump shop > " + path, shell=True, check=True, timeout=60)
    return "", 201


@app.post("/tools")
def run_tool():
    tool = TOOLS.get(request.json["kind"])
    if tool is None:
        abort(400)
    subprocess.run([tool, "--version"], check=True, timeout=5)
    return "", 204


@app.post("/cleanup")
def clean_up():
    reason = request.form["reason"]
    app.logger.info("cleaning up: %r", reason)
    command = "find small -mtime +%d -delete" % 7
    subprocess.run(command, shell=True, check=True, timeout=60)
    return "", 204


@app.post("/services/<action>")
def service(action):
    if action == "start" or action == "stop":
        subprocess.run("systemctl " + action + " shop", shell=True, timeout=30)
        return "", 204
    return "no such action", 404


@app.get("/logs")
async def logs():
    pattern = request.args["pattern"]
    process = await asyncio.create_subprocess_exec(
        "grep", "--", pattern, "/var/log/shop.log", stdout=asyncio.subprocess.PIPE
    )
    found, _ = await process.communicate()
    return found


def main():
    folder = sys.argv[1]
    os.system("find %s -name '*.tmp' -delete" % shlex.quote(folder))
    subprocess.run(["tar", "czf", "backup.tar.gz", "--", folder], check=True)


if __name__ == "__main__":
    main()
