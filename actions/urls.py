"""Every address of the app."""
from django.urls import URLPattern, path

from actions.views import acts, dated, notifications, work

app_name = "actions"
ONE = "actions/<uuid:public_id>/"

urlpatterns: list[URLPattern] = [
    path("actions/", work.ActionList.as_view(), name="action-list"),
    path("actions/counters/", notifications.Counters.as_view(), name="counters"),
    path("actions/officers/", acts.Officers.as_view(), name="officers"),
    path("actions/of/<int:pk>/", acts.OfficerActions.as_view(), name="officer"),
    path(ONE, work.ActionPage.as_view(), name="action"),
    path(f"{ONE}hand-over/", acts.HandOver.as_view(), name="hand-over"),
    path(f"{ONE}stop-clock/", acts.Pause.as_view(), name="pause"),
    path(f"{ONE}go-on/", acts.Resume.as_view(), name="resume"),
    path(f"{ONE}more-time/", acts.Extend.as_view(), name="extend"),
    path(f"{ONE}pauses/<int:key>/withdraw/", acts.WithdrawPause.as_view(), name="pause-withdraw"),
    path(f"{ONE}more-time/<int:key>/withdraw/", acts.WithdrawExtension.as_view(), name="extension-withdraw"),
    path(f"{ONE}date/", acts.ChangeDate.as_view(), name="change-date"),
    path(f"{ONE}not-needed/", acts.Cancel.as_view(), name="cancel"),
    path("notifications/", notifications.NotificationList.as_view(), name="notification-list"),
    path("notifications/unread/", notifications.Unread.as_view(), name="unread"),
    path("notifications/read/", notifications.ReadAll.as_view(), name="notifications-read"),
    path("notifications/<int:pk>/", notifications.OpenNotification.as_view(), name="notification-open"),
    path("rules/", dated.RuleList.as_view(), name="rule-list"),
    path("rules/bank-holidays/", dated.HolidayList.as_view(), name="holiday-list"),
    path("rules/bank-holidays/add/", dated.AddHoliday.as_view(), name="holiday-add"),
    path("rules/bank-holidays/<int:pk>/remove/", dated.RemoveHoliday.as_view(), name="holiday-remove"),
    path("rules/versions/<uuid:public_id>/confirm/", dated.ConfirmRule.as_view(), name="rule-confirm"),
    path("rules/versions/<uuid:public_id>/withdraw/", dated.WithdrawVersion.as_view(), name="rule-withdraw"),
    path("rules/of/<slug:code>/", dated.RulePage.as_view(), name="rule"),
    path("rules/of/<slug:code>/change/", dated.ChangeRule.as_view(), name="rule-change"),
]
