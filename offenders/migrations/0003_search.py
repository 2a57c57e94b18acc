"""The words of names with the keys that spellings share, and searches kept for a while."""
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.contrib.postgres.operations import CreateExtension, TrigramExtension
from django.db import migrations, models

# How a word sounds, by two schemes: double metaphone for English, Daitch-Mokotoff for names from elsewhere.
SOUNDS = """
CREATE FUNCTION search_sounds(word text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY(
        SELECT 'm' || code FROM unnest(ARRAY[dmetaphone(word), dmetaphone_alt(word)]) code WHERE code <> ''
        UNION
        SELECT 'p' || code FROM unnest(daitch_mokotoff(word)) code
    )
$$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('offenders', '0002_rules_of_the_database'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TrigramExtension(),
        CreateExtension("fuzzystrmatch"),
        CreateExtension("intarray"),
        migrations.RunSQL(SOUNDS, "DROP FUNCTION search_sounds(text)"),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=40, unique=True)),
                ('frequency', models.PositiveIntegerField(default=0)),
                ('keys', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['keys'], name='word_by_key'), django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['text'], name='word_by_trigram', opclasses=['gin_trgm_ops'])],
            },
        ),
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('text', models.CharField(max_length=200)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='saved_search_by_age')],
            },
        ),
    ]
