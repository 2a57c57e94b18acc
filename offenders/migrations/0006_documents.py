import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("offenders", "0005_case_file")]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('report', 'Report'), ('letter', 'Letter or e-mail'), ('minutes', 'Minutes received'), ('photograph', 'Photograph'), ('court', 'Court paper'), ('advice', "Prosecutor's advice (MG3)"), ('other', 'Other')], max_length=20)),
                ('marking', models.CharField(choices=[('official', 'OFFICIAL'), ('official_sensitive', 'OFFICIAL – SENSITIVE')], default='official_sensitive', max_length=20)),
                ('source', models.CharField(blank=True, help_text='Who wrote or sent it.', max_length=200, verbose_name='from')),
                ('dated_on', models.DateField(blank=True, null=True)),
                ('is_privileged', models.BooleanField(default=False, help_text='Never part of a disclosure, a bundle or a share.', verbose_name='legally privileged')),
                ('added_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_why', models.CharField(blank=True, max_length=500)),
                ('version', models.PositiveIntegerField(default=1)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='offenders.nominal')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-number',),
                "constraints": [
                    models.UniqueConstraint(fields=('nominal', 'number'), name='document_number_once_on_a_nominal'),
                    models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='document_numbers_start_at_one'),
                    models.CheckConstraint(condition=models.Q(models.Q(('kind', 'advice'), _negated=True), ('is_privileged', True), _connector='OR'), name='document_prosecutors_advice_is_privileged'),
                    models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True), ('withdrawn_why', '')), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_why', ''), _negated=True)), _connector='OR'), name='document_withdrawn_wholly'),
                    models.CheckConstraint(condition=models.Q(('kind__in', ['report', 'letter', 'minutes', 'photograph', 'court', 'advice', 'other']), ('marking__in', ['official', 'official_sensitive'])), name='document_words_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='DocumentFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('file', models.FileField(max_length=200, upload_to='documents/')),
                ('original_name', models.CharField(max_length=200)),
                ('file_type', models.CharField(choices=[('pdf', 'PDF'), ('jpg', 'JPEG picture'), ('png', 'PNG picture'), ('webp', 'WebP picture'), ('docx', 'Word document'), ('xlsx', 'Excel workbook'), ('pptx', 'PowerPoint presentation'), ('odt', 'OpenDocument text'), ('ods', 'OpenDocument spreadsheet'), ('txt', 'Plain text')], max_length=5)),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='what changed')),
                ('scan_state', models.CharField(choices=[('waiting', 'Waiting for the virus scan'), ('clean', 'Scanned, nothing found'), ('infected', 'Quarantined: a virus was found'), ('unscanned', 'Not scanned: no scanner is set up')], default='waiting', max_length=10)),
                ('scanned_at', models.DateTimeField(blank=True, null=True)),
                ('scan_words', models.CharField(blank=True, help_text='What the scanner found, or why it could not say.', max_length=200)),
                ('claimed_at', models.DateTimeField(blank=True, help_text='When a worker took the scan up.', null=True)),
                ('added_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='offenders.document')),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='document_files', to='offenders.nominal')),
            ],
            options={
                'ordering': ('-number',),
                "indexes": [
                    models.Index(condition=models.Q(('scan_state__in', ['waiting', 'unscanned'])), fields=['added_at'], name='document_file_to_scan'),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=('document', 'number'), name='document_file_number_once'),
                    models.UniqueConstraint(fields=('document', 'sha256'), name='document_each_file_once'),
                    models.CheckConstraint(condition=models.Q(('number__gte', 1), ('size__gte', 1)), name='document_file_has_number_and_size'),
                    models.CheckConstraint(condition=models.Q(('file_type__in', ['pdf', 'jpg', 'png', 'webp', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'txt']), ('scan_state__in', ['waiting', 'clean', 'infected', 'unscanned'])), name='document_file_words_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('scan_state__in', ['waiting', 'unscanned']), ('scanned_at__isnull', True)), models.Q(('scan_state__in', ['clean', 'infected']), ('scanned_at__isnull', False)), _connector='OR'), name='document_file_scanned_when_it_says_so'),
                ],
            },
        ),
    ]
