from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tracker", "0001_initial")]

    operations = [migrations.RemoveIndex(model_name="ticket", name="ticket_is_open")]
