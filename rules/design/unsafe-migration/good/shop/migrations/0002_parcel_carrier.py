import shop.models
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [
        migrations.AddField("parcel", "carrier", models.CharField(max_length=40, blank=True)),
        migrations.AddField("parcel", "is_fragile", models.BooleanField(default=False)),
        migrations.AddField("parcel", "changed_at", models.DateTimeField(auto_now=True)),
        migrations.AddField("parcel", "weight", models.IntegerField(null=True)),
        migrations.AddField("parcel", "zone", models.IntegerField(default=0, db_default=0)),
        migrations.AddField(
            "parcel", "picture", models.ImageField(upload_to=shop.models.picture_path, null=True)
        ),
        migrations.AddField("parcel", "stops", models.ManyToManyField("shop.Parcel")),
        migrations.AlterField("parcel", "code", models.CharField(max_length=60)),
        migrations.AlterField(
            "parcel", "sender", models.CharField(max_length=40, null=True, help_text="A name")
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RenameField("parcel", "sender", "sent_by")],
        ),
        migrations.CreateModel(
            name="Stop",
            fields=[("id", models.AutoField(primary_key=True)), ("name", models.TextField())],
        ),
        migrations.AddIndex("stop", models.Index(fields=["name"], name="stop_name")),
    ]
