"""Words of requests of agencies."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class RequestTemplate(models.TextChoices):
    """What kind of request it is; some ask more."""

    GENERAL = "general", _("Information about a person")
    CARERS_CHECK = "carers_check", _("Check of somebody who would care for a child")


class CameBy(models.TextChoices):
    """How a request reached the force."""

    API = "api", _("The agency's system")
    BROWSER = "browser", _("The agency, in the browser")
    TELEPHONE = "telephone", _("Telephone")
    MAIL = "mail", _("Mail")
    IN_PERSON = "in_person", _("In person, or in a meeting")


class RefusalCode(models.TextChoices):
    """Why a request is refused, in words that the agency reads. None says whether there is a record."""

    NOT_COVERED = "not_covered", _("The power that you rely on does not cover this.")
    NOT_NECESSARY = "not_necessary", _("The purpose that you give does not need this information.")
    NOT_AGREED = "not_agreed", _("The agreement between us does not cover this kind of information.")
    UNCLEAR = "unclear", _("We cannot tell whom you mean. Ask again with a full name, date of birth and address.")
    ANOTHER_FORCE = "another_force", _("This is for another police force to answer.")
    ANOTHER_WAY = "another_way", _("This must be asked for in another way, such as through a court.")


NOTHING_TO_SHARE = gettext_noop("We hold nothing that we can share with you about this person for this purpose.")
