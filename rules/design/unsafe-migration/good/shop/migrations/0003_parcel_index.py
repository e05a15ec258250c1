from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("shop", "0002_parcel_carrier")]
    operations = [
        AddIndexConcurrently("parcel", models.Index(fields=["placed_at"], name="parcel_placed")),
    ]
