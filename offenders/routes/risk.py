"""Addresses of pages: risk assessments, approvals, the risk management plan, uses of material."""

from django.urls import URLPattern, path

from offenders.views import approvals, plan, plan_actions, risk, uses

ONE = "nominals/<reference:reference>/"
ASSESSMENT = f"{ONE}assessments/<uuid:public_id>/"
PLAN = f"{ONE}plans/<uuid:public_id>/"

urlpatterns: list[URLPattern] = [
    path("approvals/", approvals.ApprovalList.as_view(), name="approval-list"),
    path(f"{ONE}risk-and-plan/", risk.AssessmentList.as_view(), name="assessment-list"),
    path(f"{ONE}assessments/start/", risk.StartAssessment.as_view(), name="assessment-add"),
    path(ASSESSMENT, risk.AssessmentPage.as_view(), name="assessment"),
    path(f"{ASSESSMENT}write/", risk.WriteAssessment.as_view(), name="assessment-write"),
    path(f"{ASSESSMENT}take-back/", risk.TakeBackAssessment.as_view(), name="assessment-take-back"),
    path(f"{ASSESSMENT}revise/", risk.ReviseAssessment.as_view(), name="assessment-revise"),
    path(f"{ASSESSMENT}withdraw/", risk.WithdrawAssessment.as_view(), name="assessment-withdraw"),
    path(f"{ASSESSMENT}decide/", approvals.DecideAssessment.as_view(), name="assessment-decide"),
    path(f"{ONE}plan/", plan.PlanPage.as_view(), name="plan"),
    path(f"{ONE}plan/start/", plan.StartPlan.as_view(), name="plan-add"),
    path(f"{PLAN}write/", plan.WritePlan.as_view(), name="plan-write"),
    path(f"{PLAN}take-back/", plan.TakeBackPlan.as_view(), name="plan-take-back"),
    path(f"{PLAN}withdraw/", plan.WithdrawPlan.as_view(), name="plan-withdraw"),
    path(f"{PLAN}decide/", approvals.DecidePlan.as_view(), name="plan-decide"),
    path(f"{PLAN}print/", plan.PrintPlan.as_view(), name="plan-print"),
    path(f"{ONE}plan/actions/add/", plan_actions.AddPlanAction.as_view(), name="plan-action-add"),
    path(f"{ONE}plan/actions/<uuid:public_id>/end/", plan_actions.EndPlanAction.as_view(), name="plan-action-end"),
    path(f"{ONE}plan-actions/", plan_actions.TurnList.as_view(), name="plan-turn-list"),
    path("plan-actions/<uuid:public_id>/report/", plan_actions.ReportOnPlan.as_view(), name="plan-report"),
    path(f"{ONE}uses/", uses.UseList.as_view(), name="use-list"),
    path(f"{ONE}uses/add/", uses.MarkMaterial.as_view(), name="use-add"),
    path(f"{ONE}uses/<uuid:public_id>/end/", uses.EndMaterialUse.as_view(), name="use-end"),
    path(f"{ONE}consultations/add/", uses.RecordConsultation.as_view(), name="consultation-add"),
]
