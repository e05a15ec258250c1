from pony.orm import Database, Optional, PrimaryKey, Required, Set, composite_index

db = Database()
db.bind(provider="postgres", user="vinyl", database="vinyl")


class Customer(db.Entity):
    _table_ = "collectors"
    name = Required(str)
    email = Required(str)  # finding: missing-index, Add `index=True`
    session_token = Optional(str, index=True)
    records = Set("Record")


class Record(db.Entity):
    id = PrimaryKey(int, auto=True)
    owner = Required(Customer)
    catalogue_code = Required(str)
    barcode = Optional(str, unique=True)
    label = Optional("Label", index=False)  # finding: missing-index, `Record.label` has no index
    pressed = Optional(int)
    composite_index(catalogue_code, pressed)


class Label(db.Entity):
    name = Required(str, unique=True)
    records = Set(Record)
