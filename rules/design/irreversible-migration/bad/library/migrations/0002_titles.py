from django.db import migrations


def trim_titles(apps, schema_editor):
    for book in apps.get_model("library", "Book").objects.iterator():
        book.title = book.title.strip()
        book.save()


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]
    operations = [
        migrations.RunPython(trim_titles),  # finding: `RunPython` has no reverse
        migrations.RunSQL("CREATE VIEW lent AS SELECT * FROM library_book WHERE is_lent"),  # finding: `RunSQL` has no `reverse_sql`
    ]
