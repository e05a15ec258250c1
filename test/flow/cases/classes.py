# Objects keep what was put into them, each for itself; methods are found along the bases.

import sqlite3
from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from flask import request

db = sqlite3.connect("shop.db")


# === a field set in __init__ and read in a method
class Search:
    def __init__(self, title, shelf):
        self.title = title
        self.shelf = shelf

    def by_title(self):
        return db.execute("SELECT * FROM book WHERE title = '" + self.title + "'")  # finding

    def by_shelf(self):
        return db.execute("SELECT * FROM book WHERE shelf = '" + self.shelf + "'")


def search():
    found = Search(request.args["title"], "A4")
    found.by_title()
    found.by_shelf()


# === two objects of one class
class Search:
    def __init__(self, title):
        self.title = title


def search():
    sent = Search(request.args["title"])
    ours = Search("Emma")
    db.execute("SELECT " + sent.title)  # finding
    db.execute("SELECT " + ours.title)


# === a field from outside the class
class Options:
    order = "title"


def search():
    options = Options()
    db.execute("SELECT " + options.order)
    options.order = request.args["order"]
    db.execute("SELECT " + options.order)  # finding
    other = Options()
    db.execute("SELECT " + other.order)
    options.order = "price"
    db.execute("SELECT " + options.order)


# === the method sets, another reads
class Builder:
    def __init__(self):
        self.parts = []
        self.limit = 10

    def add(self, part):
        self.parts.append(part)
        return self

    def limited(self, limit):
        self.limit = int(limit)
        return self

    def build(self):
        return "SELECT * FROM book WHERE " + " AND ".join(self.parts) + f" LIMIT {self.limit}"


def search():
    db.execute(Builder().add("title = ?").limited(request.args["n"]).build(), ("Emma",))
    db.execute(Builder().add("title = '" + request.args["title"] + "'").build())  # finding


# === a method of the base
class Base:
    def query(self, order):
        return "SELECT * FROM book ORDER BY " + order


class Books(Base):
    pass


def search():
    db.execute(Books().query(request.args["order"]))  # finding
    db.execute(Books().query("title"))


# === a method that the subclass replaces
class Base:
    def query(self, order):
        return "SELECT * FROM book ORDER BY " + order


class Fixed(Base):
    def query(self, order):
        return "SELECT * FROM book ORDER BY title"


class Wrapped(Base):
    def query(self, order):
        return super().query(order) + " DESC"


def search():
    db.execute(Fixed().query(request.args["order"]))
    db.execute(Wrapped().query(request.args["order"]))  # finding


# === super().__init__ sets the base's fields
class Base:
    def __init__(self, table):
        self.table = table


class Books(Base):
    def __init__(self, table, order):
        super().__init__(table)
        self.order = order


def search():
    books = Books("book", request.args["order"])
    db.execute("SELECT * FROM " + books.table)
    db.execute("SELECT * FROM book ORDER BY " + books.order)  # finding
    books = Books(request.args["table"], "title")
    db.execute("SELECT * FROM " + books.table)  # finding


# === the base calls what its subclasses define
class Report(ABC):
    def run(self):
        return db.execute("SELECT * FROM book ORDER BY " + self.order())  # finding

    @abstractmethod
    def order(self): ...


class SentReport(Report):
    def order(self):
        return request.args["order"]


def search():
    SentReport().run()


# === the base calls what its subclasses define well
class Report:
    def run(self):
        return db.execute("SELECT * FROM book ORDER BY " + self.order())

    def order(self):
        raise NotImplementedError


class FixedReport(Report):
    def order(self):
        return "title"


def search():
    FixedReport().run()


# === two bases, the first one wins
class Sent:
    def order(self):
        return request.args["order"]


class Fixed:
    def order(self):
        return "title"


class First(Sent, Fixed):
    pass


class Second(Fixed, Sent):
    pass


def search():
    db.execute("SELECT " + First().order())  # finding
    db.execute("SELECT " + Second().order())


# === properties
class Search:
    @property
    def order(self):
        return request.args["order"]

    @property
    def table(self):
        return "book"

    @cached_property
    def title(self):
        return request.args["title"]


def search():
    db.execute("SELECT * FROM " + Search().table)
    db.execute("SELECT * FROM book ORDER BY " + Search().order)  # finding
    db.execute("SELECT * FROM book ORDER BY " + Search().title)  # finding


# === a property that is set
class Search:
    def __init__(self):
        self._order = "title"

    @property
    def order(self):
        return self._order

    @order.setter
    def order(self, value):
        self._order = value


class Checked:
    def __init__(self):
        self._order = "title"

    @property
    def order(self):
        return self._order

    @order.setter
    def order(self, value):
        self._order = value if value in ("title", "price") else "title"


def search():
    found = Search()
    db.execute("SELECT " + found.order)
    found.order = request.args["order"]
    db.execute("SELECT " + found.order)  # finding
    checked = Checked()
    checked.order = request.args["order"]
    db.execute("SELECT " + checked.order)


# === class methods and static methods
class Search:
    def __init__(self, order):
        self.order = order

    @classmethod
    def sent(cls):
        return cls(request.args["order"])

    @classmethod
    def fixed(cls):
        return cls("title")

    @staticmethod
    def quoted(text):
        return "'" + text + "'"


def search():
    db.execute("SELECT " + Search.sent().order)  # finding
    db.execute("SELECT " + Search.fixed().order)
    db.execute("SELECT " + Search.quoted(request.args["x"]))  # finding
    db.execute("SELECT " + Search("x").quoted("id"))


# === attributes of the class
class Search:
    table = "book"
    order = request.args.get("order")

    def run(self):
        db.execute("SELECT * FROM " + self.table)
        db.execute("SELECT * FROM " + Search.table)
        db.execute("SELECT * FROM book ORDER BY " + self.order)  # finding


# === a dataclass keeps its fields apart
@dataclass
class Book:
    title: str
    shelf: str = "A4"
    tags: list = field(default_factory=list)


def search():
    book = Book(request.args["title"])
    db.execute("SELECT " + book.title)  # finding
    db.execute("SELECT " + book.shelf)
    db.execute("SELECT " + ",".join(book.tags))
    book = Book(title="Emma", shelf=request.args["shelf"])
    db.execute("SELECT " + book.title)
    db.execute("SELECT " + book.shelf)  # finding
    book.tags.append(request.args["tag"])
    db.execute("SELECT " + ",".join(book.tags))  # finding
    other = replace(book, shelf="A1")
    db.execute("SELECT " + other.shelf)


# === a dataclass that checks itself
@dataclass
class Order:
    column: str

    def __post_init__(self):
        if self.column not in ("title", "price"):
            raise ValueError(self.column)


@dataclass
class Loose:
    column: str

    def __post_init__(self):
        self.text = "ORDER BY " + self.column


def search():
    db.execute("SELECT * FROM book ORDER BY " + Order(request.args["order"]).column)
    db.execute("SELECT * FROM book " + Loose(request.args["other"]).text)  # finding


# === a dataclass of a dataclass
@dataclass
class Base:
    title: str


@dataclass
class Book(Base):
    shelf: str


def search():
    book = Book(request.args["title"], "A4")
    db.execute("SELECT " + book.title)  # finding
    db.execute("SELECT " + book.shelf)


# === a typed tuple
class Pair(NamedTuple):
    name: str
    value: str


def search():
    pair = Pair("title", request.args["title"])
    db.execute("SELECT " + pair.name)
    db.execute("SELECT " + pair.value)  # finding
    db.execute("SELECT " + pair[0])
    name, value = pair
    db.execute("SELECT " + name)
    db.execute("SELECT " + value)  # finding


# === an object that is called
class Maker:
    def __init__(self, order):
        self.order = order

    def __call__(self, table):
        return f"SELECT * FROM {table} ORDER BY {self.order}"


def search():
    make = Maker("title")
    db.execute(make("book"))
    db.execute(make(request.args["table"]))  # finding
    make = Maker(request.args["order"])
    db.execute(make("book"))  # finding


# === an object in a text
class Order:
    def __init__(self, column):
        self.column = column

    def __str__(self):
        return "ORDER BY " + self.column


class Hidden:
    def __init__(self, column):
        self.column = column

    def __str__(self):
        return "ORDER BY title"


def search():
    db.execute(f"SELECT * FROM book {Order(request.args['order'])}")  # finding
    db.execute("SELECT * FROM book " + str(Order(request.args["order"])))  # finding
    db.execute(f"SELECT * FROM book {Order('title')}")
    db.execute(f"SELECT * FROM book {Hidden(request.args['order'])}")
    db.execute("SELECT * FROM book " + str(Hidden(request.args["order"])))


# === an object read by key
class Form:
    def __init__(self, values):
        self.values = values

    def __getitem__(self, name):
        return self.values[name]


class Constant:
    def __getitem__(self, name):
        return "title"


def search():
    db.execute("SELECT " + Form(request.args)["order"])  # finding
    db.execute("SELECT " + Form({"order": "title"})["order"])
    db.execute("SELECT " + Constant()[request.args["order"]])


# === an object that gives its elements
class Words:
    def __init__(self, words):
        self.words = words

    def __iter__(self):
        return iter(self.words)


def search():
    for word in Words(request.args.getlist("w")):
        db.execute("SELECT " + word)  # finding
    for word in Words(["id", "title"]):
        db.execute("SELECT " + word)


# === objects in objects
class Shelf:
    def __init__(self, name):
        self.name = name


class Shop:
    def __init__(self, shelf, city):
        self.shelf = shelf
        self.city = city


def search():
    shop = Shop(Shelf(request.args["shelf"]), "York")
    db.execute("SELECT " + shop.shelf.name)  # finding
    db.execute("SELECT " + shop.city)
    shop.shelf.name = "A4"
    db.execute("SELECT " + shop.shelf.name)


# === fields set by name
class Options:
    pass


def search():
    options = Options()
    setattr(options, "order", request.args["order"])
    db.execute("SELECT " + options.order)  # finding
    db.execute("SELECT " + getattr(options, "order"))  # finding
    setattr(options, "order", "title")
    db.execute("SELECT " + options.order)
    options.__dict__.update(shelf=request.args["shelf"])
    db.execute("SELECT " + options.shelf)  # finding


# === a repository that holds the connection
class Repository:
    def __init__(self, connection):
        self.connection = connection

    def find(self, where):
        return self.connection.execute("SELECT * FROM book WHERE " + where)  # finding

    def find_by_title(self, title):
        return self.connection.execute("SELECT * FROM book WHERE title = ?", (title,))


def search():
    repository = Repository(sqlite3.connect("other.db"))
    repository.find(request.args["where"])
    repository.find_by_title(request.args["title"])


# === a singleton of the module
class Shop:
    def __init__(self):
        self.connection = sqlite3.connect("shop.db")
        self.table = "book"

    def find(self, where):
        return self.connection.execute(f"SELECT * FROM {self.table} WHERE {where}")  # finding

    def all(self):
        return self.connection.execute(f"SELECT * FROM {self.table}")


shop = Shop()


def search():
    shop.find(request.args["where"])
    shop.all()


# === a method handed over
class Maker:
    def quoted(self, text):
        return "'" + text + "'"

    def fixed(self, text):
        return "id"


def search():
    maker = Maker()
    db.execute("SELECT " + "".join(map(maker.quoted, request.args.getlist("w"))))  # finding
    db.execute("SELECT " + "".join(map(maker.fixed, request.args.getlist("w"))))


# === operators of a class
class Part:
    def __init__(self, text):
        self.text = text

    def __add__(self, other):
        return Part(self.text + other.text)


def search():
    part = Part("SELECT ") + Part(request.args["x"])
    db.execute(part.text)  # finding
    part = Part("SELECT ") + Part("id")
    db.execute(part.text)


# === a model of Pydantic keeps numbers and texts apart
from pydantic import BaseModel


class Item(BaseModel):
    title: str
    price: int


def search():
    item = Item(title=request.args["title"], price=request.args["price"])
    db.execute("SELECT " + item.title)  # finding
    db.execute(f"SELECT {item.price}")
    item = Item(**request.get_json())
    db.execute("SELECT " + item.title)  # finding
    db.execute(f"SELECT {item.price}")
    item = Item.model_validate(request.get_json())
    db.execute("SELECT " + item.title)  # finding
    db.execute(f"SELECT {item.price}")
