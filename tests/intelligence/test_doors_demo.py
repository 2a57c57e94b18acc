"""The demonstration's border reports invented journeys, nowhere else and not without end."""

import os
import time

import pytest
from django.core.management import CommandError, call_command

from intelligence.models import AlertSource, RawMessage, TravelAlert
from intelligence.services import demo_alerts
from intelligence.services.demo_alerts import drop_demo_alert
from intelligence.services.folders import take_folders
from intelligence.services.reading import read_message
from tests.factories import make_birth, make_name, make_nominal

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    settings.DEMO = True
    settings.ALERT_FOLDERS = {"border-demo": str(tmp_path / "border")}
    nominal = make_nominal(is_restricted=False)
    nominal.names.all().delete()
    make_name(nominal=nominal, surname="SAMPLE", kind="primary")
    make_birth(nominal=nominal, year=1971, month=3, day=14, is_primary=True)
    return tmp_path / "border"


def test_invented_journey_comes_in_like_any_other(folder, capsys):
    call_command("send_demo_alerts", "--count", "3")
    paths = [path for path in folder.iterdir() if path.suffix == ".csv"]
    assert len(paths) == len(capsys.readouterr().out.splitlines()) == 3
    for path in paths:
        os.utime(path, (time.time() - 60, time.time() - 60))
    assert take_folders(actor=None) == 3
    for message in RawMessage.objects.all():
        read_message(actor=None, message_id=message.pk)
    assert list(TravelAlert.objects.values_list("problem", flat=True)) == ["", "", ""]
    assert AlertSource.objects.get().code == "border-demo"


def test_nothing_comes_outside_a_demonstration(folder, settings):
    settings.DEMO = False
    assert drop_demo_alert(actor=None) is None
    with pytest.raises(CommandError, match="not a demonstration"):
        call_command("send_demo_alerts")
    assert (folder.exists(), AlertSource.objects.exists()) == (False, False)


def test_it_stops_when_nobody_takes_them(folder, monkeypatch):
    monkeypatch.setattr(demo_alerts, "MOST_WAITING", 2)
    assert [drop_demo_alert(actor=None) is not None for _ in range(4)] == [True, True, False, False]
