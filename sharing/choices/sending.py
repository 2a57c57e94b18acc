"""Words of handing over, and of what came of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ui.languages import StrOrPromise


class Came(models.TextChoices):
    """Whether something happened."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_KNOWN = "not_known", _("Not known")


class Effect(models.TextChoices):
    """What it did to somebody."""

    BAD = "yes", _("It did harm")
    NONE = "no", _("It did no harm")
    NOT_KNOWN = "not_known", _("Not known")


# What is looked at later, by the end of the code of the prediction, with the question that is asked then.
LOOKED_AT: dict[str, StrOrPromise] = {
    "harm": _("Was harm reduced, or somebody made safe?"),
    "disorder": _("Was there disorder, or an act of a vigilante?"),
    "underground": _("Did the person go underground?"),
    "victim": _("Did it do harm to a victim?"),
    "family": _("Did it do harm to the family?"),
}
# What was foreseen, as what is looked at later would show it.
FORESEEN = {"likely": Came.YES, "some": Came.YES, "serious": Came.YES, "unlikely": Came.NO, "none": Came.NO}
FIRST_LOOK, SECOND_LOOK = 7, 28
