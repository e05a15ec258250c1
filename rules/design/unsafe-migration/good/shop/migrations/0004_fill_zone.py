from django.db import migrations


def fill_zone(apps, schema_editor):
    Parcel = apps.get_model("shop", "Parcel")
    for first in range(0, 100_000, 1000):
        Parcel.objects.filter(pk__gte=first, pk__lt=first + 1000).update(zone=1)


class Migration(migrations.Migration):
    dependencies = [("shop", "0003_parcel_index")]
    operations = [migrations.RunPython(fill_zone, migrations.RunPython.noop)]
