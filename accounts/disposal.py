"""What becomes of each table of people who sign in when a record is disposed of."""

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from accounts.models import KeptAnswer
from audit.disposing import Declared, Goes, Going, Stays

STAFF = Stays("about people who sign in, and the bodies they work for")


def answers_about(going: Going) -> QuerySet:
    """Answers to programs, kept for hours, that name something which goes."""
    named = Q(pk=None)
    for model, keys in going.rows.items():
        for name in {"public_id", "reference"} & {field.name for field in model._meta.concrete_fields}:
            for value in model._base_manager.filter(pk__in=keys).values_list(name, flat=True):
                named |= Q(said__contains=str(value))
    return KeptAnswer.objects.annotate(said=Cast("answer", TextField())).filter(named)


DISPOSAL: Declared = {
    "Organisation": STAFF,
    "Unit": STAFF,
    "User": STAFF,
    "SignIn": STAFF,
    "Authenticator": STAFF,
    "Delegation": STAFF,
    "ApiClient": Stays("about programs of agencies"),
    "KeptAnswer": Goes(also=answers_about),
}
