"""Addresses of pages: unusual looks, questions why, who could have seen a record."""

from django.urls import URLPattern, path

from governance.views import could_see, look_questions, looks

LOOK, QUESTION = "looks/<uuid:public_id>", "looks/questions/<uuid:public_id>"

urlpatterns: list[URLPattern] = [
    path("looks/", looks.LookList.as_view(), name="look-list"),
    path("looks/rules/", looks.LookRules.as_view(), name="look-rules"),
    path("looks/rules/<int:key>/change/", looks.ChangeLookRule.as_view(), name="look-rule-change"),
    path("looks/papers/", could_see.CheckPaper.as_view(), name="paper-check"),
    path("looks/events/<int:event>/ask/", look_questions.AskAboutEvent.as_view(), name="ask"),
    path("looks/questions/", look_questions.QuestionList.as_view(), name="question-list"),
    path(f"{QUESTION}/", look_questions.QuestionPage.as_view(), name="question"),
    path(f"{QUESTION}/answer/", look_questions.AnswerQuestion.as_view(), name="question-answer"),
    path(f"{QUESTION}/decide/", look_questions.DecideQuestion.as_view(), name="question-decide"),
    path(f"{LOOK}/", looks.LookPage.as_view(), name="look"),
    path(f"{LOOK}/judge/", looks.JudgeLook.as_view(), name="look-judge"),
    path(f"{LOOK}/ask/", looks.AskAboutLook.as_view(), name="look-ask"),
    path("nominals/<str:reference>/who-could-see/", could_see.CouldSee.as_view(), name="could-see"),
    path("nominals/<str:reference>/who-could-see/paper/", could_see.PrintSight.as_view(), name="could-see-paper"),
]
