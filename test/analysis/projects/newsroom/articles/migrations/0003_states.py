from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_words")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.AddField("article", "state", models.CharField(max_length=3))],
        ),
        migrations.AlterField("article", "words", models.BigIntegerField()),  # finding: unsafe-migration
        migrations.RunSQL("UPDATE articles_article SET words = 0", migrations.RunSQL.noop),  # finding: unsafe-migration
    ]
