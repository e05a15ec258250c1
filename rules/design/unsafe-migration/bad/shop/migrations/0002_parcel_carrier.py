from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


def fill_sender(apps, schema_editor):
    parcels = apps.get_model("shop", "Parcel")
    parcels.objects.filter(sender=None).update(sender="unknown")


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [
        migrations.AddField("parcel", "carrier", models.CharField(max_length=40)),  # finding: add it with `null=True`
        migrations.AddField("parcel", "weight", models.IntegerField(default=0)),  # finding: cannot insert rows during the release
        migrations.RunPython(fill_sender, migrations.RunPython.noop),  # finding: into a migration of their own
        migrations.AlterField("parcel", "sender", models.CharField(max_length=40)),  # finding: becomes required while rows may lack it
        migrations.AlterField("parcel", "code", models.CharField(max_length=40, unique=True)),  # finding: the same value twice
        migrations.AddIndex("parcel", models.Index(fields=["placed_at"], name="parcel_placed")),  # finding: Use `AddIndexConcurrently`
        AddIndexConcurrently("parcel", models.Index(fields=["sender"], name="parcel_sender")),  # finding: `atomic = False`
    ]
