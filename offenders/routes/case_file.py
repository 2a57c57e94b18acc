"""Addresses of pages: contents of the case file, contacts, timeline."""
from django.urls import URLPattern, path

from offenders.views import case_file, contacts, timeline

ONE = "nominals/<reference:reference>/"
FILE = f"{ONE}case-file/"
ENTRY = f"{FILE}<slug:kind>/<uuid:public_id>/"
CONTACT = f"{ONE}contacts/<uuid:public_id>/"

urlpatterns: list[URLPattern] = [
    path(FILE, case_file.CaseFilePage.as_view(), name="case-file"),
    path(f"{FILE}print/", case_file.PrintCaseFile.as_view(), name="case-file-print"),
    path(f"{FILE}move/", case_file.MoveHome.as_view(), name="move-home"),
    path(f"{FILE}<slug:kind>/add/", case_file.AddEntry.as_view(), name="entry-add"),
    path(f"{ENTRY}change/", case_file.ChangeEntry.as_view(), name="entry-change"),
    path(f"{ENTRY}end/", case_file.EndEntry.as_view(), name="entry-end"),
    path(f"{ENTRY}verify/", case_file.VerifyEntry.as_view(), name="entry-verify"),
    path(f"{ONE}marking/", case_file.Markings.as_view(), name="marking"),
    path(f"{ONE}marking/change/", case_file.ChangeMarking.as_view(), name="marking-change"),
    path(f"{ONE}contacts/", contacts.ContactLog.as_view(), name="contacts"),
    path(f"{ONE}contacts/add/", contacts.RecordContact.as_view(), name="contact-add"),
    path(f"{ONE}contacts/export/", contacts.ExportContacts.as_view(), name="contacts-export"),
    path(f"{CONTACT}correct/", contacts.CorrectContact.as_view(), name="contact-correct"),
    path(f"{CONTACT}follow-up/", contacts.FinishFollowUp.as_view(), name="contact-follow-up"),
    path(f"{ONE}timeline/", timeline.Timeline.as_view(), name="timeline"),
    path(f"{ONE}timeline/print/", timeline.PrintTimeline.as_view(), name="timeline-print"),
]
