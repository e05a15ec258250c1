import os
import stat
from pathlib import Path

import paramiko


def share(path):
    os.chmod(path, 0o755)


def share_file(path):
    os.chmod(path, 0o644)  # for the other service


def named(path):
    os.chmod(path=path, mode=0o755)


def of_a_path():
    Path("/srv/spool").chmod(0o755)


def of_a_path_variable(folder: Path):
    target = folder / "queue"
    target.chmod(mode=0o700)


def of_a_descriptor(file):
    os.fchmod(file.fileno(), 0o640)


def several_lines(path):
    os.chmod(
        path,
        0o755,
    )


def secret():
    os.chmod("/etc/shop/server.key", 0o600)


def secret_of_a_group():
    os.chmod("/etc/shop/credentials", 0o400)


def secret_path():
    Path("~/.ssh/id_rsa").expanduser().chmod(0o600)


def mask():
    os.umask(0o077)


def remote(client: paramiko.SSHClient):
    sftp = client.open_sftp()
    sftp.chmod("/srv/app/run.sh", 0o755)


def by_names(path):
    os.chmod(path, stat.S_IRWXU | stat.S_IRWXG | stat.S_IRWXO)
