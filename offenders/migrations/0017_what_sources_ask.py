"""What a report of information from a kind of source says besides."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('offenders', '0016_silent_hits'),
    ]

    operations = [
        migrations.AddField(
            model_name='informationsource',
            name='asks',
            field=models.CharField(blank=True, choices=[('', 'Nothing more'), ('prison', 'Which prison, and which officer there passed it on'), ('giver', 'The circumstances of whoever gave it')], help_text='What a report of such information says besides.', max_length=10),
        ),
    ]
