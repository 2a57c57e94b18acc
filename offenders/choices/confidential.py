"""Words of what is kept apart from the case file, and of sensitive material."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LawfulBasis(models.TextChoices):
    """Why the law lets the force hold it; the words beside it say how that applies here."""

    POLICING = "policing", _("Preventing, detecting or prosecuting crime")
    SAFEGUARDING = "safeguarding", _("Protecting a child or an adult at risk")
    VITAL_INTERESTS = "vital_interests", _("Protecting somebody's life")
    JUSTICE = "justice", _("The administration of justice or a duty in law")
    CONSENT = "consent", _("The person agreed")


class ReviewOutcome(models.TextChoices):
    """What a review of a section comes to."""

    KEEP = "keep", _("Keep it until another date")
    CLOSE = "close", _("Close it")


class SensitiveKind(models.TextChoices):
    """What sensitive material is about (tier 3)."""

    HEALTH = "health", _("Health or medical")
    MENTAL_HEALTH = "mental_health", _("Mental health")
    SEX_LIFE = "sex_life", _("Sex life or orientation")
    ORIGIN_OR_BELIEF = "origin_or_belief", _("Ethnic origin, religion or belief")
    BIOMETRIC = "biometric", _("Biometric or genetic")
    THIRD_PARTY = "third_party", _("Material of another agency or person, under their control")


class Consent(models.TextChoices):
    """Whether whoever gave the material lets it go further."""

    NOT_ASKED = "not_asked", _("Not asked yet")
    ASKED = "asked", _("Asked, no answer yet")
    GIVEN = "given", _("Given")
    REFUSED = "refused", _("Refused")
