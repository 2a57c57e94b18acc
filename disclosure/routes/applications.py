"""Addresses of pages: applications under the disclosure schemes, up to the decision."""

from django.urls import URLPattern, path

from disclosure.views import application_acts, application_people, applications

ALL, ONE = "applications", "applications/<uuid:public_id>"

urlpatterns: list[URLPattern] = [
    path(f"{ALL}/", applications.ApplicationList.as_view(), name="application-list"),
    path(f"{ALL}/ended/", applications.EndedList.as_view(), name="application-ended-list"),
    path(f"{ALL}/take/", applications.TakeApplication.as_view(), name="application-take"),
    path(f"{ONE}/", applications.ApplicationPage.as_view(), name="application"),
    path(f"{ONE}/danger/", application_acts.Danger.as_view(), name="application-danger"),
    path(f"{ONE}/safe/", application_acts.Safe.as_view(), name="application-safe"),
    path(f"{ONE}/people/add/<slug:role>/", application_people.AddPerson.as_view(), name="application-person-add"),
    path(f"{ONE}/people/<uuid:party_id>/", application_people.ChangePerson.as_view(), name="application-person"),
    path(f"{ONE}/people/<uuid:party_id>/identity/", application_people.ProveIdentity.as_view(), name="application-identity"),
    path(f"{ONE}/safe-contact/", application_people.AnswerWays.as_view(), name="application-contact"),
    path(f"{ONE}/checks/<slug:stage>/", application_acts.RecordCheck.as_view(), name="application-check"),
    path(f"{ONE}/interview/", application_acts.RecordInterview.as_view(), name="application-interview"),
    path(f"{ONE}/record/", application_acts.LinkRecord.as_view(), name="application-record"),
    path(f"{ONE}/managers/", application_acts.TellManagers.as_view(), name="application-managers"),
    path(f"{ONE}/forum/", application_acts.KeepForum.as_view(), name="application-forum"),
    path(f"{ONE}/go-on/", application_acts.GoOn.as_view(), name="application-go-on"),
    path(f"{ONE}/allocate/", application_acts.Allocate.as_view(), name="application-allocate"),
    path(f"{ONE}/hand-over/", application_acts.AskToHandOver.as_view(), name="application-hand-over"),
    path(f"{ONE}/withdraw/", application_acts.Withdraw.as_view(), name="application-withdraw"),
    path(f"{ONE}/right-to-know/", application_acts.GoOnAsPolice.as_view(), name="application-know"),
    path(f"{ONE}/twin/", application_acts.SettleTwin.as_view(), name="application-twin"),
    path(f"{ONE}/malicious/", application_acts.MarkMalicious.as_view(), name="application-malicious"),
]
