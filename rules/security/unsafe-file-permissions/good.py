import os
import stat
import subprocess
from pathlib import Path

UPLOADS = Path("/srv/shop/uploads")


class Robot:
    def chmod(self, mode):
        self.mode = mode


def publish(name):
    os.chmod(UPLOADS / name, 0o644)
    UPLOADS.chmod(0o2775)
    Robot().chmod(0o777)


def share(path):
    mode = os.stat(path).st_mode
    os.chmod(path, mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    os.chmod(path, mode & ~stat.S_IWOTH)


def make_shared_folder(path):
    os.mkdir(path)
    os.chmod(path, 0o1777)


def make_folders(path):
    before = os.umask(0)
    try:
        os.makedirs(path, 0o750)
    finally:
        os.umask(before)


def start():
    os.umask(0o022)
    subprocess.run(["chmod", "-R", "755", "/srv/shop/cache"], check=True)


def install_key(key):
    path = "/etc/shop/tls/private.key"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    os.write(handle, key)
    os.chmod("/etc/shop/tls/public.crt", 0o644)


def copy_mode(source, target):
    os.chmod(target, stat.S_IMODE(os.stat(source).st_mode))
