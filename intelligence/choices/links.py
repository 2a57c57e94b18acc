"""Words of links: what an entity is, how two things belong together, where a link stands, why it was suggested."""

from django.db import models


class EntityKind(models.TextChoices):
    """What reports tell of that is no record."""

    PERSON = "person", "Person who is not on record"
    PLACE = "place", "Place"
    VEHICLE = "vehicle", "Vehicle"
    PHONE = "phone", "Telephone"
    ONLINE = "online", "Online identity"
    ORGANISATION = "organisation", "Organisation"


class LinkKind(models.TextChoices):
    """How two things belong together; read either way."""

    TELLS_OF = "tells_of", "The report tells of it"
    ALIKE = "alike", "Alike in wording or method"
    ASSOCIATE = "associate", "Associates"
    FAMILY = "family", "Family"
    CONTACT = "contact", "In contact"
    USES = "uses", "Uses or owns"
    LIVES = "lives", "Lives or stays there"
    SEEN = "seen", "Seen there"
    BELONGS = "belongs", "Works there or belongs to it"
    SAME = "same", "One and the same"
    NEAR = "near", "Near each other"


class LinkState(models.TextChoices):
    """Where a link stands."""

    SUGGESTED = "suggested", "Suggested"
    CONFIRMED = "confirmed", "Confirmed"
    REFUSED = "refused", "Refused"
    ENDED = "ended", "No longer holds"


class Ground(models.TextChoices):
    """Why the system suggests that two things belong together."""

    NUMBER = "number", "Same telephone number"
    VEHICLE = "vehicle", "Same vehicle"
    ONLINE = "online", "Same online name"
    POSTCODE = "postcode", "Same postcode"
    NEAR = "near", "Places near each other"
    WORDING = "wording", "Similar wording and method"
    NAME = "name", "Similar name"
