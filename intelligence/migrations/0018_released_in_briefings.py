"""Released intelligence in briefings."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intelligence', '0017_link_suggestions'),
    ]

    operations = [
        migrations.CreateModel(
            name='BriefingReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('conditions', models.CharField(blank=True, help_text='Under which conditions it was passed on.', max_length=500)),
                ('briefing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='intelligence.briefing')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intelligence.informationrelease')),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(fields=('briefing', 'release'), name='briefing_holds_a_release_once')],
            },
        ),
    ]
