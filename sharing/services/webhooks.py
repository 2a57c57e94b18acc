"""Telling agencies' systems that something changed: where to, with which secret, tried until it arrives or is given up in sight."""

from __future__ import annotations

import secrets
from datetime import timedelta

from cryptography.fernet import InvalidToken
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import now

from accounts.access import authorise
from accounts.choices import ApiScope
from accounts.ciphers import WEBHOOKS, cipher_for
from accounts.errors import DomainError
from accounts.models import ApiClient, User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event
from sharing.adapters.webhooks import is_safe_address, send
from sharing.choices.webhooks import DeliveryState
from sharing.models import AgencyChange, Webhook, WebhookDelivery
from sharing.rules.webhooks import SIGNATURE, body_of, pause_after, signature_of

SECRET_BYTES = 32
BEING_SENT = timedelta(minutes=2)  # for so long nobody else tries what one worker has taken
MOST_AT_ONCE = 200


def secret_of(webhook: Webhook) -> str | None:
    """Return the kept secret; None where the server's key is another one since."""
    try:
        return cipher_for(WEBHOOKS).decrypt(webhook.kept_secret.encode()).decode()
    except InvalidToken:
        return None


@transaction.atomic
def set_webhook(*, actor: User, client: ApiClient, url: str) -> tuple[Webhook, str]:
    """Say where a client is told of changes from now on. Return it with a new secret, which is shown only now."""
    authorise(actor, Perm.MANAGE_USERS, client)
    if ApiScope.CHANGES not in client.scopes:
        raise DomainError("First let the client “{scope}”.", scope=ApiScope.CHANGES.label)
    if not is_safe_address(url):
        raise DomainError("Enter an address that begins with https:// and holds no password.", field="url")
    secret = secrets.token_urlsafe(SECRET_BYTES)
    reached = AgencyChange.objects.filter(agency=client.agency).aggregate(last=Max("pk"))["last"] or 0
    webhook = Webhook.objects.select_for_update(of=("self",)).filter(client=client).first() or Webhook(client=client, ended_at=now())
    if webhook.ended_at:
        webhook.reached, webhook.ended_at = reached, None
    webhook.url, webhook.kept_secret = url, cipher_for(WEBHOOKS).encrypt(secret.encode()).decode()
    webhook.set_by, webhook.set_at = actor, now()
    webhook.save()
    record_event(Verb.CHANGED, client, what="webhook")
    return webhook, secret


@transaction.atomic
def end_webhook(*, actor: User, client: ApiClient) -> None:
    """Tell the client nothing any more; what waits is given up."""
    authorise(actor, Perm.MANAGE_USERS, client)
    webhook = Webhook.objects.select_for_update(of=("self",)).filter(client=client, ended_at__isnull=True).first()
    if webhook is None:
        raise DomainError("This client is told of nothing.")
    webhook.ended_at = now()
    webhook.save(update_fields=["ended_at"])
    webhook.deliveries.filter(state=DeliveryState.WAITING).update(state=DeliveryState.GIVEN_UP, answer="ended")
    record_event(Verb.CHANGED, client, what="webhook ended")


@transaction.atomic
def send_again(*, actor: User, client: ApiClient) -> int:
    """Try everything again that was given up; return how many there are."""
    authorise(actor, Perm.MANAGE_USERS, client)
    webhook = Webhook.objects.select_for_update(of=("self",)).filter(client=client, ended_at__isnull=True).first()
    if webhook is None:
        raise DomainError("This client is told of nothing.")
    rows = webhook.deliveries.filter(state=DeliveryState.GIVEN_UP)
    number = rows.update(state=DeliveryState.WAITING, tries=0, next_at=now())
    record_event(Verb.CHANGED, client, what="deliveries sent again", number=number)
    return number


def deliver_changes(*, actor: User | None) -> int:
    """Make deliveries of what changed and send all that is due; return how many arrived. Two at once send nothing twice."""
    for key in Webhook.objects.filter(ended_at__isnull=True).values_list("pk", flat=True):
        spread_changes(key)
    arrived = 0
    for _ in range(MOST_AT_ONCE):
        delivery = claim_delivery()
        if delivery is None:
            break
        arrived += deliver(delivery)
    return arrived


@transaction.atomic
def spread_changes(key: int) -> None:
    """Make a delivery of each change since the last; changes of one agency get their numbers one after the other, so none is passed over.

    A client that is shut out, or may not read changes, gets none of what happens meanwhile until it may again.
    """
    rows = Webhook.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=key, ended_at__isnull=True)
    webhook = rows.select_related("client__user__organisation").first()
    if webhook is None or not may_be_told(webhook.client):
        return
    changes = AgencyChange.objects.filter(agency=webhook.client.agency, force=webhook.client.force_id, pk__gt=webhook.reached)
    found = list(changes.order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
    if found:
        WebhookDelivery.objects.bulk_create([WebhookDelivery(webhook=webhook, change_id=change) for change in found], ignore_conflicts=True)
        webhook.reached = found[-1]
        webhook.save(update_fields=["reached"])


def may_be_told(client: ApiClient) -> bool:
    """Whether the client is let in now and may read what changed."""
    return client.state == "in force" and ApiScope.CHANGES in client.scopes


@transaction.atomic
def claim_delivery() -> WebhookDelivery | None:
    """Take the next that is due, so that nobody else tries it meanwhile; a worker that dies leaves it to the next after a little while."""
    due = WebhookDelivery.objects.filter(state=DeliveryState.WAITING, next_at__lte=now(), webhook__ended_at__isnull=True)
    rows = due.select_for_update(of=("self",), skip_locked=True).select_related("change", "webhook__client__user__organisation")
    delivery: WebhookDelivery | None = rows.order_by("next_at", "pk").first()
    if delivery:
        delivery.tries, delivery.tried_at, delivery.next_at = delivery.tries + 1, now(), now() + BEING_SENT
        delivery.save(update_fields=["tries", "tried_at", "next_at"])
    return delivery


def deliver(delivery: WebhookDelivery) -> bool:
    """Send one outside any transaction, and store what came of it; say whether it arrived."""
    webhook, change = delivery.webhook, delivery.change
    secret = secret_of(webhook)
    if not may_be_told(webhook.client):
        has_arrived, answer = False, "client not let in"
    elif secret is None:
        has_arrived, answer = False, "secret cannot be read: make a new one"
    else:
        body = body_of(change.pk, change.kind, str(change.subject), change.at)
        signed = signature_of(secret, int(now().timestamp()), body)
        headers = {"Content-Type": "application/json", SIGNATURE: signed, "Vigil-Delivery": str(delivery.public_id)}
        has_arrived, answer = send(webhook.url, headers, body)
    pause = pause_after(delivery.tries)
    state = DeliveryState.DELIVERED if has_arrived else DeliveryState.WAITING if pause else DeliveryState.GIVEN_UP
    standing = WebhookDelivery.objects.filter(pk=delivery.pk, tries=delivery.tries, state=DeliveryState.WAITING)
    standing.update(answer=answer, state=state, next_at=now() + (pause or BEING_SENT))
    return has_arrived
