from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0003_ticket_index")]
    operations = [
        AddIndexConcurrently("ticket", models.Index(fields=["is_urgent"], name="ticket_urgent")),  # finding: unsafe-migration
    ]
