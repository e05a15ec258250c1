from django.db import migrations, models


class Migration(migrations.Migration):
    operations = [
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["is_open"], name="ticket_is_open"),
        ),
    ]
