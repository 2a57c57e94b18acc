"""Addresses of pages: what comes of applications under the disclosure schemes."""

from django.urls import URLPattern, path

from disclosure.views import outcomes, outcomes_answer, outcomes_telling

ONE, RECORD = "applications/<uuid:public_id>", "nominals/<reference:reference>/tell-somebody"

urlpatterns: list[URLPattern] = [
    path("applications/figures/", outcomes_answer.SchemeFigures.as_view(), name="scheme-figures"),
    path("applications/figures.csv", outcomes_answer.ExportFigures.as_view(), name="scheme-figures-export"),
    path(f"{ONE}/decision/", outcomes.DecisionPage.as_view(), name="application-decision"),
    path(f"{ONE}/representations/", outcomes.WriteRepresentations.as_view(), name="application-representations"),
    path(f"{ONE}/propose/", outcomes.Propose.as_view(), name="application-propose"),
    path(f"{ONE}/decide/", outcomes.Decide.as_view(), name="application-decide"),
    path(f"{ONE}/decide-anew/", outcomes.DecideAnew.as_view(), name="application-anew"),
    path(f"{ONE}/ask-managers/", outcomes.AskManagers.as_view(), name="application-ask-managers"),
    path(f"{ONE}/telling/", outcomes_telling.TellingPage.as_view(), name="application-telling"),
    path(f"{ONE}/telling/whom/", outcomes_telling.SettleProtector.as_view(), name="telling-whom"),
    path(f"{ONE}/telling/words/", outcomes_telling.WriteWords.as_view(), name="telling-words"),
    path(f"{ONE}/telling/undertaking/", outcomes_telling.AskUndertaking.as_view(), name="telling-undertaking"),
    path(f"{ONE}/telling/approved/", outcomes_telling.TakeOverRelease.as_view(), name="telling-approved"),
    path(f"{ONE}/telling/paper/<slug:kind>/", outcomes_telling.PrintPaper.as_view(), name="telling-paper"),
    path(f"{ONE}/telling/told/", outcomes_telling.RecordTelling.as_view(), name="telling-told"),
    path(f"{ONE}/answer/", outcomes_answer.AnswerPage.as_view(), name="application-answer"),
    path(f"{ONE}/answer/letter/", outcomes_answer.PrintAnswer.as_view(), name="answer-letter"),
    path(f"{ONE}/close/", outcomes_answer.CloseApplication.as_view(), name="application-close"),
    path(f"{RECORD}/", outcomes.TellSomebody.as_view(), name="tell-somebody"),
    path(f"{RECORD}/begin/", outcomes.StartTellingDecision.as_view(), name="tell-somebody-begin"),
]
