import os
import stat
import subprocess
from pathlib import Path

UPLOADS = Path("/srv/shop/uploads")
MODE = 0o777


def publish(name):
    os.chmod(UPLOADS / name, 0o666)  # finding: may change this
    UPLOADS.chmod(MODE)  # finding: take what its owner needs


def share(path):
    mode = os.stat(path).st_mode
    os.chmod(path, mode | stat.S_IWOTH)  # finding: every account
    os.chmod(path, stat.S_IRWXU | stat.S_IRWXG | stat.S_IRWXO)  # finding: every account


def open_up(path, mode=0o640):
    os.chmod(path, mode)


def start(socket_path):
    os.umask(0)  # finding: `os.umask(0o077)`
    open_up(socket_path, mode=0o777)  # finding: may change this
    subprocess.run(["chmod", "-R", "777", "/srv/shop/cache"], check=True)  # finding: every program


def write_log(line):
    log = os.open("/var/log/shop.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)  # finding: `0o600`
    os.write(log, line)


def install_key(key):
    path = "/etc/shop/tls/private.key"
    with open(path, "wb") as file:
        file.write(key)
    os.chmod(path, 0o644)  # finding: may read this secret
