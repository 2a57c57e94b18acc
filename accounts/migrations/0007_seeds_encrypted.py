"""Seeds of authenticator apps are encrypted; the database refuses one in clear."""
from binascii import hexlify, unhexlify

from django.db import migrations

from accounts.ciphers import SEEDS, cipher_for

WIDEN = "ALTER TABLE otp_totp_totpdevice ALTER COLUMN key TYPE varchar(200)"
NARROW = "ALTER TABLE otp_totp_totpdevice ALTER COLUMN key TYPE varchar(80)"
# Every token of Fernet begins like this: its version, and a time before the year 2106.
REFUSE_CLEAR = "ALTER TABLE otp_totp_totpdevice ADD CONSTRAINT totpdevice_seed_encrypted CHECK (key LIKE 'gAAAA%')"
TAKE_CLEAR = "ALTER TABLE otp_totp_totpdevice DROP CONSTRAINT totpdevice_seed_encrypted"


def encrypt(apps, schema_editor):
    """Encrypt what the library kept as hexadecimal numbers."""
    for device in apps.get_model("otp_totp", "TOTPDevice").objects.all():
        device.key = cipher_for(SEEDS).encrypt(unhexlify(device.key)).decode()
        device.save(update_fields=["key"])


def decrypt(apps, schema_editor):
    """Keep them as the library does."""
    for device in apps.get_model("otp_totp", "TOTPDevice").objects.all():
        device.key = hexlify(cipher_for(SEEDS).decrypt(device.key.encode())).decode()
        device.save(update_fields=["key"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_recovery_code_digests"),
        ("otp_totp", "0003_add_timestamps"),
    ]

    operations = [
        migrations.CreateModel(
            name="Authenticator",
            fields=[],
            options={"proxy": True, "indexes": [], "constraints": []},
            bases=("otp_totp.totpdevice",),
        ),
        migrations.RunSQL(WIDEN, NARROW),
        migrations.RunPython(encrypt, decrypt),
        migrations.RunSQL(REFUSE_CLEAR, TAKE_CLEAR),
    ]
