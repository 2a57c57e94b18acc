"""Words of what is kept apart from the case file, and of sensitive material."""

from django.db import models


class LawfulBasis(models.TextChoices):
    """Why the law lets the force hold it; the words beside it say how that applies here."""

    POLICING = "policing", "Preventing, detecting or prosecuting crime"
    SAFEGUARDING = "safeguarding", "Protecting a child or an adult at risk"
    VITAL_INTERESTS = "vital_interests", "Protecting somebody's life"
    JUSTICE = "justice", "The administration of justice or a duty in law"
    CONSENT = "consent", "The person agreed"


class ReviewOutcome(models.TextChoices):
    """What a review of a section comes to."""

    KEEP = "keep", "Keep it until another date"
    CLOSE = "close", "Close it"


class SensitiveKind(models.TextChoices):
    """What sensitive material is about (tier 3)."""

    HEALTH = "health", "Health or medical"
    MENTAL_HEALTH = "mental_health", "Mental health"
    SEX_LIFE = "sex_life", "Sex life or orientation"
    ORIGIN_OR_BELIEF = "origin_or_belief", "Ethnic origin, religion or belief"
    BIOMETRIC = "biometric", "Biometric or genetic"
    THIRD_PARTY = "third_party", "Material of another agency or person, under their control"


class Consent(models.TextChoices):
    """Whether whoever gave the material lets it go further."""

    NOT_ASKED = "not_asked", "Not asked yet"
    ASKED = "asked", "Asked, no answer yet"
    GIVEN = "given", "Given"
    REFUSED = "refused", "Refused"
