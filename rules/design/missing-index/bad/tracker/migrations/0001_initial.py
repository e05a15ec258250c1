from django.db import migrations, models


class Migration(migrations.Migration):
    operations = [
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["reference"], name="ticket_reference"),
        ),
    ]
