"""Seeds of authenticator apps are kept encrypted, under keys that can be changed."""
from __future__ import annotations

from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import Authenticator
from accounts.services.second_factor import start_enrolment
from audit.models import Event
from tests.accounts.signing_in import code_of, make_authenticator, make_person

pytestmark = pytest.mark.django_db
OTHER = "another key of the server " * 3
encrypting = import_module("accounts.migrations.0007_seeds_encrypted")


def kept() -> str:
    """What the database holds of the one seed."""
    return TOTPDevice.objects.values_list("key", flat=True).get()


def test_database_holds_no_seed_in_clear_and_the_app_goes_on_showing_codes():
    person = make_person()
    device = start_enrolment(actor=person)
    seed = device.bin_key
    again = start_enrolment(actor=person)

    assert len(seed) == 20
    assert (again.pk, again.bin_key) == (device.pk, seed)
    assert seed.hex() not in kept()
    assert again.verify_token(code_of(device))
    assert Authenticator.objects.get().bin_key == seed


def test_database_refuses_a_seed_in_clear():
    with pytest.raises(IntegrityError, match="totpdevice_seed_encrypted"), transaction.atomic():
        TOTPDevice.objects.create(user=make_person(), name="Authenticator app")


def test_earlier_key_opens_a_seed_until_it_is_renewed(settings):
    device = make_authenticator(make_person())
    seed, before = device.bin_key, settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OTHER, [before]
    assert Authenticator.objects.get().bin_key == seed
    call_command("renew_secrets", stdout=StringIO())
    settings.SECRET_KEY_FALLBACKS = []

    assert Authenticator.objects.get().bin_key == seed
    assert Event.objects.get(detail__what="kept secrets encrypted anew").detail["done"] == 1


def test_seed_of_a_lost_key_accepts_no_code_and_is_told_of(settings):
    device = make_authenticator(make_person())
    code = code_of(device)
    settings.SECRET_KEY = OTHER

    assert not Authenticator.objects.get().verify_token(code)
    with pytest.raises(CommandError, match="opens 1"):
        call_command("renew_secrets", stdout=StringIO())


def test_seeds_that_were_kept_in_clear_are_encrypted_and_can_be_given_back():
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(encrypting.TAKE_CLEAR)
        device = TOTPDevice.objects.create(user=make_person(), name="Authenticator app")
        encrypting.encrypt(apps, None)
        seed, encrypted = Authenticator.objects.get().bin_key, kept()
        encrypting.decrypt(apps, None)

        assert seed.hex() == device.key == kept()
        assert encrypted.startswith("gAAAA")
