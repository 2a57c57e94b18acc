"""The language in which somebody asked to be written to, and Welsh words beside the English ones of grounds."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0010_corrections'),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='language',
            field=models.CharField(choices=[('en-gb', 'English'), ('cy', 'Welsh')], db_default='en-gb', default='en-gb', help_text='In which letters are written.', max_length=5),
        ),
        migrations.AddField(
            model_name='freedomrequest',
            name='language',
            field=models.CharField(choices=[('en-gb', 'English'), ('cy', 'Welsh')], db_default='en-gb', default='en-gb', help_text='In which letters are written.', max_length=5),
        ),
        migrations.AddField(
            model_name='ground',
            name='name_welsh',
            field=models.CharField(blank=True, db_default='', default='', help_text='For letters in Welsh; empty: the English words.', max_length=200),
        ),
        migrations.AddField(
            model_name='ground',
            name='section_welsh',
            field=models.CharField(blank=True, db_default='', default='', help_text='The same; empty: the English words.', max_length=100),
        ),
        migrations.AddField(
            model_name='ground',
            name='told_as_welsh',
            field=models.TextField(blank=True, db_default='', default='', help_text='The same; empty: the English words.'),
        ),
        migrations.AddField(
            model_name='subjectrequest',
            name='language',
            field=models.CharField(choices=[('en-gb', 'English'), ('cy', 'Welsh')], db_default='en-gb', default='en-gb', help_text='In which letters are written.', max_length=5),
        ),
    ]
