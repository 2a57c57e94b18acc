"""Which laws give grounds for holding something back."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Law(models.TextChoices):
    """The law under which something is held back."""

    SUBJECT_ACCESS = "subject_access", _("Subject access: Data Protection Act 2018, Part 3")
    FREEDOM = "freedom", _("Freedom of Information Act 2000")
    UNUSED = "unused", _("Sensitive unused material: Criminal Procedure and Investigations Act 1996")
