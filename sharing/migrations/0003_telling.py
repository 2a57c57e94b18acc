"""What both sides of an agreement were told last; of which decisions whoever lent the authority was told."""
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0002_first_practice'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='agreement',
            name='end_reason',
            field=models.CharField(blank=True, help_text='Why it ends before its time.', max_length=500),
        ),
        migrations.AddField(
            model_name='agreement',
            name='is_mailed_in_force',
            field=models.BooleanField(default=False, help_text="What the agency's contacts were mailed last."),
        ),
        migrations.AddField(
            model_name='agreement',
            name='is_told_in_force',
            field=models.BooleanField(default=False, help_text='What both sides were told last.'),
        ),
        migrations.AlterField(
            model_name='agreement',
            name='told_at',
            field=models.DateTimeField(help_text='When both sides were last told whether it is in force.', null=True),
        ),
        migrations.CreateModel(
            name='ToldApproval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('told_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('approval', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='told', to='sharing.approval')),
                ('delegator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('pk',),
                "indexes": [
                    models.Index(fields=['delegator', '-told_at'], name='told_approval_by_delegator'),
                ],
            },
        ),
    ]
