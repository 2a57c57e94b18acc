"""Acts that the drill of two at once does not get through to, and why: for these it shows nothing. It fails where this list is not true."""

from __future__ import annotations

PAGE_AFTERWARDS = "It answers with a page, done or not: a search, or something that is shown once"
OTHER_ROLE = "An agency does it, or somebody who may not be the person that deals with it"
FAR_ON = "It comes after many others, each by somebody else"
OWN_FORM = "Its form asks for answers that fit each other, or for things that must be made for it"
OTHER_PAGE = "A button on another page sends what its own address does not tell"
NOTHING_TO_DO = "Nothing stands there that it could be done to: the record is made for another state"

BY_REASON: dict[str, tuple[str, ...]] = {
    PAGE_AFTERWARDS: (
        "accounts:client-new", "accounts:client-secret", "accounts:user-list", "accounts:user-new", "audit:event-list",
        "governance:paper-check", "intelligence:alert-search", "intelligence:entity-find", "intelligence:entity-same", "offenders:contacts",
    ),
    OTHER_ROLE: (
        "disclosure:application-managers", "disclosure:application-ask-managers", "disclosure:freedom-agree-no",
        "disclosure:freedom-agree-departure", "offenders:assessment-take-back", "offenders:plan-take-back", "offenders:reason",
        "sharing:advice-give", "sharing:ask", "sharing:asked-reply", "sharing:shared-accept", "sharing:shared-done",
    ),
    FAR_ON: (
        "disclosure:application-close", "disclosure:application-forum", "disclosure:application-interview", "disclosure:freedom-send",
        "disclosure:tell-somebody-begin", "disclosure:telling-approved", "intelligence:report-release", "intelligence:travel-sign-off",
        "sharing:decision-check", "sharing:decision-review", "sharing:item-check", "sharing:media-statement-issue",
        "sharing:intelligence-consent", "offenders:authority-answer", "offenders:duty-add", "offenders:recall-add", "offenders:review-add",
    ),
    OWN_FORM: (
        "disclosure:application-answer", "disclosure:prosecution-item-link", "intelligence:flag-alike",
        "intelligence:flag-review", "intelligence:record-link", "intelligence:report-link", "intelligence:report-sent",
        "offenders:consultation-add", "offenders:conviction-add", "offenders:conviction-change", "offenders:entry-add",
        "offenders:import-new", "offenders:leaver-pass-on", "offenders:order-vary", "offenders:sensitive-add",
        "offenders:team-move", "offenders:travel-place", "sharing:agreement-add", "sharing:items-gate",
    ),
    OTHER_PAGE: ("disclosure:freedom-figures-remove", "intelligence:tasking-sheet-paper", "intelligence:tasking-sheet-remove"),
    NOTHING_TO_DO: (
        "disclosure:application-go-on", "disclosure:application-safe", "disclosure:application-twin", "disclosure:freedom-more-time",
        "disclosure:subject-extend", "disclosure:subject-go-on", "disclosure:subject-identity", "disclosure:subject-leave-out",
        "disclosure:subject-pause", "governance:retention-group", "intelligence:check-ask", "intelligence:message-refuse",
        "intelligence:message-release", "intelligence:usual-flag-end", "offenders:contact-follow-up", "offenders:invite-again",
        "offenders:meeting-action-close", "offenders:plan-withdraw", "sharing:advice-follow", "sharing:news-record",
        "sharing:request-reply",
    ),
}  # fmt: skip
NOT_REACHED = {name: reason for reason, names in BY_REASON.items() for name in names}
