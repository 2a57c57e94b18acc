"""Recovery codes are kept as digests; those that were kept in clear go on working."""

from django.db import migrations

KEEP_DIGESTS = "UPDATE otp_static_statictoken SET token = left(encode(sha256(convert_to(token, 'UTF8')), 'base64'), 16)"
FORGET = "DELETE FROM otp_static_statictoken"  # nobody can tell a code from its digest


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_partner_scopes"),
        ("otp_static", "0003_add_timestamps"),
    ]

    operations = [migrations.RunSQL(KEEP_DIGESTS, FORGET)]
