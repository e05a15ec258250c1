from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracker", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["opened_at"], name="ticket_opened"),
        ),
        migrations.RemoveIndex(model_name="ticket", name="ticket_reference"),  # finding: loses its index
    ]
