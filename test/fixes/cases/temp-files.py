import os
import tempfile
import tempfile as temporary
from tempfile import mktemp


def write_at_once(rows):
    with open(tempfile.mktemp(), "w") as file:
        file.writelines(rows)


def with_suffix(rows):
    with open(tempfile.mktemp(".csv"), "w", encoding="utf-8") as file:  # for the mail
        file.writelines(rows)
    return file.name


def with_words(body):
    file = open(tempfile.mktemp(suffix=".bin", dir="/var/spool/shop"), "wb")
    file.write(body)
    return file


def by_alias(body):
    with open(temporary.mktemp(prefix='shop-'), mode='wb') as file:
        file.write(body)


def imported(body):
    with open(mktemp(".txt", "note-"), "w+") as file:
        file.write(body)


def two_steps(body):
    path = tempfile.mktemp()
    with open(path, "wb") as file:
        file.write(body)
    os.remove(path)


def two_steps_with_suffix(rows):
    path = tempfile.mktemp(".csv")
    with open(path, "w") as file:
        file.writelines(rows)
    if os.path.getsize(path) == 0:
        os.unlink(path)


def in_a_block(rows):
    if rows:
        name = tempfile.mktemp(suffix=".csv", prefix="rows-")
        with open(name, "w") as file:
            file.writelines(rows)


def several_lines(body):
    path = tempfile.mktemp(
        suffix=".json",
        dir="/var/spool/shop",
    )
    with open(path, "w") as file:
        file.write(body)


def two_steps_by_alias(body):
    path = temporary.mktemp()
    with open(path, "wb") as file:
        file.write(body)


class Report:
    def save(self, body):
        target = tempfile.mktemp(".pdf")
        with open(target, "wb") as file:
            file.write(body)
        return os.path.getsize(target)


def a_folder():
    path = tempfile.mktemp()
    os.mkdir(path)
    return path


def handed_on(draw):
    path = tempfile.mktemp(".png")
    draw(path)
    with open(path, "rb") as file:
        return file.read()
