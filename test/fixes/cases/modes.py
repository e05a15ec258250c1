import os
import stat
from pathlib import Path

import paramiko


def share(path):
    os.chmod(path, 0o777)


def share_file(path):
    os.chmod(path, 0o666)  # for the other service


def named(path):
    os.chmod(path=path, mode=0o757)


def of_a_path():
    Path("/srv/spool").chmod(0o777)


def of_a_path_variable(folder: Path):
    target = folder / "queue"
    target.chmod(mode=0o722)


def of_a_descriptor(file):
    os.fchmod(file.fileno(), 0o662)


def several_lines(path):
    os.chmod(
        path,
        0o777,
    )


def secret():
    os.chmod("/etc/shop/server.key", 0o644)


def secret_of_a_group():
    os.chmod("/etc/shop/credentials", 0o444)


def secret_path():
    Path("~/.ssh/id_rsa").expanduser().chmod(0o644)


def mask():
    os.umask(0)


def remote(client: paramiko.SSHClient):
    sftp = client.open_sftp()
    sftp.chmod("/srv/app/run.sh", 0o777)


def by_names(path):
    os.chmod(path, stat.S_IRWXU | stat.S_IRWXG | stat.S_IRWXO)
