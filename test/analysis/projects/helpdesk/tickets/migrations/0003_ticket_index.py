from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("tickets", "0002_ticket_urgent")]
    operations = [
        AddIndexConcurrently("ticket", models.Index(fields=["team", "state"], name="ticket_team_state")),
        migrations.RemoveIndex("ticket", "ticket_state"),
        migrations.RemoveField("ticket", "due_on"),  # finding: unsafe-migration
    ]
