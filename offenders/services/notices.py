"""News from the street: somebody tells the offender manager, the manager answers."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.access import authorise, may
from accounts.models import User
from accounts.permissions import Perm
from actions.choices import Happening
from actions.services import Owner, complete_actions_about, raise_action
from actions.services.occurrences import note_occurrence
from audit.choices import Verb
from audit.services import record_event
from offenders.guards import require_unanswered
from offenders.models import Nominal, Notice

TITLE = gettext_noop("Answer news from the street")
SUBJECT = "Somebody came to notice"
BODY = "Somebody told you that a person you manage came to notice. Sign in to read it."


@transaction.atomic
def tell_manager(
    *,
    actor: User,
    nominal: Nominal,
    what_happened: str,
    incident_reference: str = "",
    kind: Happening | str = Happening.CAME_TO_NOTICE,
) -> Notice:
    """Tell the offender manager that the person came to notice, or what else happened; flags of that kind tell others."""
    authorise(actor, Perm.TELL_MANAGER, nominal)
    notice = Notice.objects.create(nominal=nominal, reported_by=actor, what_happened=what_happened, incident_reference=incident_reference)
    record_event(Verb.TOLD_MANAGER, notice, act="Came to notice")
    note_occurrence(actor=actor, kind=kind, nominal=nominal, subject=notice, route="offenders:nominal")
    raise_action(
        actor=actor,
        kind="notice",
        title=TITLE,
        detail="Read what was reported and answer whoever reported it. The answer closes this action.",
        owner=Owner(user=nominal.offender_manager),
        nominal=nominal,
        subject=notice,
        route="offenders:nominal",
        rule="notice-answer",
        key=f"notice-{notice.pk}",
    )
    transaction.on_commit(lambda: send_later(notice.pk), robust=True)
    return notice


@transaction.atomic
def answer_notice(*, actor: User, notice: Notice, answer: str) -> Notice:
    """Answer whoever reported; once."""
    authorise(actor, Perm.ANSWER_NOTICE, notice)
    locked = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    require_unanswered(locked)
    locked.answer, locked.answered_by, locked.answered_at = answer, actor, now()
    locked.save(update_fields=["answer", "answered_by", "answered_at"])
    record_event(Verb.ANSWERED, locked, act="Notice answered")
    complete_actions_about(actor=actor, subject=locked, kind="notice", outcome="The notice was answered")
    return locked


def send_later(notice_id: int) -> None:
    """Leave the mail to a worker. Without a broker no mail goes; the notice itself waits on the manager's page."""
    from offenders.tasks import mail_notice  # noqa: PLC0415  (tasks import services)

    mail_notice.delay(notice_id)


def mail_notice(*, notice_id: int) -> None:
    """Mail whoever must answer that something waits. The mail names nobody."""
    notice = Notice.objects.select_related("nominal__offender_manager").get(pk=notice_id)
    addresses = [user.email for user in people_to_tell(notice) if user.email]
    if addresses and not notice.answered_at:
        EmailMessage(SUBJECT, BODY, bcc=addresses).send()


def people_to_tell(notice: Notice) -> list[User]:
    """The managing officer; where that officer has left, the unit's supervisors. Nobody is told of what they did themselves."""
    manager = notice.nominal.offender_manager
    if may(manager, Perm.ANSWER_NOTICE, notice.nominal):
        return [] if manager.pk == notice.reported_by_id else [manager]
    leads = User.objects.filter(unit=notice.nominal.unit_id, is_active=True).exclude(pk=notice.reported_by_id)
    return [user for user in leads if may(user, Perm.ALLOCATE_RECORD, notice.nominal)]
