from django.db import migrations, models


def count_words(apps, schema_editor):
    Article = apps.get_model("articles", "Article")
    for article in Article.objects.all():
        article.words = len(article.title.split())
        article.save()


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]
    operations = [
        migrations.AlterField("article", "title", models.CharField(max_length=200)),
        migrations.AddField("article", "words_max", models.IntegerField(null=True)),
        migrations.RunPython(count_words, migrations.RunPython.noop),  # finding: unsafe-migration
    ]
