"""Addresses of pages: MAPPA referrals, meetings, minutes."""
from django.urls import URLPattern, path

from offenders.views import agendas, meeting_days, meetings, minutes, minutes_parts, referrals

ONE = "nominals/<reference:reference>"
ITEM = f"{ONE}/meetings/<uuid:public_id>"
DAY = "meetings/<uuid:public_id>"

urlpatterns: list[URLPattern] = [
    path("meetings/", meeting_days.MeetingCalendar.as_view(), name="meetings"),
    path(f"{DAY}/", meeting_days.MeetingDay.as_view(), name="meeting"),
    path(f"{DAY}/calendar/", meeting_days.MeetingFile.as_view(), name="meeting-file"),
    path(f"{DAY}/change/", meeting_days.ChangeMeeting.as_view(), name="meeting-change"),
    path(f"{DAY}/agenda/", meeting_days.AddToAgenda.as_view(), name="meeting-agenda"),
    path(f"{DAY}/cancel/", meeting_days.CancelMeeting.as_view(), name="meeting-cancel"),
    path(f"{ONE}/referrals/new/", referrals.ReferNominal.as_view(), name="referral-new"),
    path(f"{ONE}/referrals/<uuid:public_id>/screen/", referrals.ScreenReferral.as_view(), name="referral-screen"),
    path(f"{ONE}/mappa/exit/", referrals.ExitMappa.as_view(), name="mappa-exit"),
    path(f"{ONE}/meetings/", meetings.MeetingList.as_view(), name="meeting-list"),
    path(f"{ONE}/meetings/plan/", meetings.PlanMeeting.as_view(), name="meeting-plan"),
    path(f"{ONE}/meetings/join/", meetings.JoinMeeting.as_view(), name="meeting-join"),
    path(f"{ITEM}/", meetings.AgendaItemPage.as_view(), name="agenda-item"),
    path(f"{ITEM}/paper/", meetings.MeetingPaper.as_view(), name="agenda-paper"),
    path(f"{ITEM}/calendar/", meetings.ItemCalendar.as_view(), name="agenda-file"),
    path(f"{ITEM}/withdraw/", agendas.WithdrawItem.as_view(), name="agenda-withdraw"),
    path(f"{ITEM}/change/", agendas.ChangeItem.as_view(), name="agenda-change"),
    path(f"{ITEM}/invite/again/", agendas.InviteAgain.as_view(), name="invite-again"),
    path(f"{ITEM}/invite/", agendas.InvitePerson.as_view(), name="invitation-add"),
    path(f"{ITEM}/minutes/", minutes.MinutesPage.as_view(), name="minutes"),
    path(f"{ITEM}/minutes/edit/", minutes.EditMinutes.as_view(), name="minutes-edit"),
    path(f"{ITEM}/minutes/submit/", minutes.SubmitMinutes.as_view(), name="minutes-submit"),
    path(f"{ITEM}/minutes/approve/", minutes.ApproveMinutes.as_view(), name="minutes-approve"),
    path(f"{ITEM}/minutes/return/", minutes.ReturnMinutes.as_view(), name="minutes-return"),
    path(f"{ITEM}/minutes/restricted/", minutes_parts.AddRestrictedItem.as_view(), name="restricted-item-add"),
    path(f"{ITEM}/actions/", minutes_parts.AddMeetingAction.as_view(), name="meeting-action-add"),
    path(f"{ONE}/invitations/<uuid:public_id>/", agendas.ChangeInvitation.as_view(), name="invitation-change"),
    path(f"{ONE}/invitations/<uuid:public_id>/copy/", minutes_parts.IssueCopy.as_view(), name="minutes-copy"),
    path(f"{ONE}/meeting-actions/<uuid:public_id>/", minutes_parts.CloseMeetingAction.as_view(), name="meeting-action-close"),
    path(f"{ONE}/restricted/<uuid:public_id>/remove/", minutes_parts.RemoveRestrictedItem.as_view(), name="restricted-item-remove"),
]
