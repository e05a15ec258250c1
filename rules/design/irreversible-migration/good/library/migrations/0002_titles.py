from django.db import migrations


def trim_titles(apps, schema_editor):
    for book in apps.get_model("library", "Book").objects.iterator():
        book.title = book.title.strip()
        book.save()


def leave_titles(apps, schema_editor):
    """What was trimmed is gone."""


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]
    operations = [
        migrations.RunPython(trim_titles, leave_titles),
        migrations.RunPython(trim_titles, reverse_code=migrations.RunPython.noop),
        migrations.RunPython(trim_titles, elidable=True),
        migrations.RunSQL(
            sql="CREATE VIEW lent AS SELECT * FROM library_book WHERE is_lent",
            reverse_sql="DROP VIEW lent",
        ),
    ]
