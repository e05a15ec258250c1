from peewee import CharField, DateTimeField, ForeignKeyField, Model, MySQLDatabase, TextField

database = MySQLDatabase("ledger", host="db")


class BaseModel(Model):
    class Meta:
        database = database


class Account(BaseModel):
    number = CharField(unique=True)
    owner_email = CharField()  # finding: missing-index, Add `index=True`


class Entry(BaseModel):
    account = ForeignKeyField(Account, backref="entries")
    batch_key = CharField()
    memo = TextField(null=True)
    created_at = DateTimeField()

    class Meta:
        indexes = ((("batch_key", "created_at"), False),)
