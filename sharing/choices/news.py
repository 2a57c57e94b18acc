"""Words of what agencies tell the police."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NewsKind(models.TextChoices):
    """What sort of news it is."""

    INTELLIGENCE = "intelligence", _("Intelligence")
    RELEASE = "release", _("Release from prison")
    RECALL = "recall", _("Recall to prison")
    BREACH = "breach", _("Breach of a condition")
    ADDRESS = "address", _("Change of address")
    OTHER = "other", _("Something else")


EVENTS = tuple(kind for kind in NewsKind if kind != NewsKind.INTELLIGENCE)
