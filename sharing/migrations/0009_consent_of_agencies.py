"""Whether an agency lets intelligence go on of which it keeps control."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_partner_scopes'),
        ('intelligence', '0020_first_practice'),
        ('offenders', '0018_prison_and_public'),
        ('sharing', '0008_requests_and_news'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='partnernews',
            name='answered_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='partnernews',
            name='asked_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='partnernews',
            name='consent',
            field=models.CharField(choices=[('not_asked', 'Not asked yet'), ('asked', 'Asked, no answer yet'), ('given', 'Given'), ('refused', 'Refused')], default='not_asked', help_text='Whether the agency lets it go on.', max_length=10),
        ),
        migrations.AddField(
            model_name='partnernews',
            name='consent_words',
            field=models.CharField(blank=True, help_text='Who at the agency answered, and under which conditions.', max_length=500),
        ),
        migrations.AddConstraint(
            model_name='partnernews',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_on__isnull', True), ('asked_on__isnull', True), ('consent', 'not_asked')), models.Q(('answered_on__isnull', True), ('asked_on__isnull', False), ('consent', 'asked'), ('needs_consent', True)), models.Q(('answered_on__gte', models.F('asked_on')), ('consent__in', ['given', 'refused']), ('needs_consent', True)), _connector='OR'), name='news_consent_has_its_dates'),
        ),
    ]
