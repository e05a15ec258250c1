from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_initial")]
    operations = [
        migrations.AddField("ticket", "is_urgent", models.BooleanField(default=False)),
        migrations.AddField("ticket", "due_on", models.DateField()),  # finding: unsafe-migration
        migrations.AddIndex("ticket", models.Index(fields=["state"], name="ticket_state")),  # finding: unsafe-migration
    ]
