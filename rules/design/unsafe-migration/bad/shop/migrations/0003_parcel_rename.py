from django.db import migrations, models
from shop.models import Parcel


def shorten(apps, schema_editor):
    for parcel in Parcel.objects.iterator():  # finding: `apps.get_model(...)`
        parcel.code = parcel.code[:20]
        parcel.save()


class Migration(migrations.Migration):
    dependencies = [("shop", "0002_parcel_carrier")]
    operations = [
        migrations.RenameField("parcel", "sender", "sent_by"),  # finding: by its old name
        migrations.RunSQL("UPDATE shop_parcel SET weight = 1", migrations.RunSQL.noop),  # finding: writes every row of `shop_parcel`
        migrations.AddConstraint(  # finding: `AddConstraintNotValid`
            "parcel", models.CheckConstraint(check=models.Q(weight__gt=0), name="parcel_weight")
        ),
    ]
