from tortoise import fields
from tortoise.models import Model


class Vendor(Model):
    id = fields.IntField(pk=True)
    name = fields.CharField(max_length=80, unique=True)
    products: fields.ReverseRelation["Product"]


class Product(Model):
    id = fields.IntField(pk=True)
    vendor = fields.ForeignKeyField("models.Vendor", related_name="products")  # finding: missing-index, Add `db_index=True`
    category = fields.ForeignKeyField("models.Category", related_name="products")
    sku_code = fields.CharField(max_length=20)
    tags = fields.ManyToManyField("models.Tag", related_name="products")

    class Meta:
        indexes = (("sku_code", "name"),)


class Category(Model):
    id = fields.IntField(pk=True)
    slug = fields.CharField(max_length=20)


class Tag(Model):
    id = fields.IntField(pk=True)


class OrderLine(Model):
    id = fields.IntField(pk=True)
    product = fields.ForeignKeyField("models.Product", db_index=True)
    receipt_key = fields.CharField(max_length=40)  # finding: missing-index, `find_line`
    created_at = fields.DatetimeField(auto_now_add=True)
