"""Words of what agencies tell the police."""

from django.db import models


class NewsKind(models.TextChoices):
    """What sort of news it is."""

    INTELLIGENCE = "intelligence", "Intelligence"
    RELEASE = "release", "Release from prison"
    RECALL = "recall", "Recall to prison"
    BREACH = "breach", "Breach of a condition"
    ADDRESS = "address", "Change of address"
    OTHER = "other", "Something else"


EVENTS = tuple(kind for kind in NewsKind if kind != NewsKind.INTELLIGENCE)
