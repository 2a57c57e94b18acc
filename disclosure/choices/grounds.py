"""Which laws give grounds for holding something back."""

from django.db import models


class Law(models.TextChoices):
    """The law under which something is held back."""

    SUBJECT_ACCESS = "subject_access", "Subject access: Data Protection Act 2018, Part 3"
    FREEDOM = "freedom", "Freedom of Information Act 2000"
    UNUSED = "unused", "Sensitive unused material: Criminal Procedure and Investigations Act 1996"
