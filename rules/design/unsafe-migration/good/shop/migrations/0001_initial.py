from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Parcel",
            fields=[
                ("id", models.AutoField(primary_key=True)),
                ("code", models.CharField(max_length=40)),
                ("sender", models.CharField(max_length=40, null=True)),
                ("placed_at", models.DateTimeField()),
            ],
        ),
    ]
