"""Addresses of people's pages."""
from django.urls import path

from accounts.views import account, clients, delegations, language, organisations, sign_in, users

app_name = "accounts"

urlpatterns = [
    path("sign-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-in/code/", sign_in.SecondFactor.as_view(), name="second-factor"),
    path("sign-in/set-up/", sign_in.SecondFactorSetUp.as_view(), name="second-factor-set-up"),
    path("sign-in/set-up/picture.svg", sign_in.SecondFactorImage.as_view(), name="second-factor-image"),
    path("language/<slug:language>/", language.ChooseLanguage.as_view(), name="language"),
    path("sign-out/", sign_in.SignOut.as_view(), name="sign-out"),
    path("keep-alive/", sign_in.KeepAlive.as_view(), name="keep-alive"),
    path("more/", account.More.as_view(), name="more"),
    path("account/", account.Account.as_view(), name="account"),
    path("account/role/", account.ActingRole.as_view(), name="acting-role"),
    path("account/password/", account.Password.as_view(), name="password"),
    path("account/recovery-codes/", account.RecoveryCodes.as_view(), name="recovery-codes"),
    path("account/sessions/<uuid:public_id>/end/", account.EndSession.as_view(), name="end-session"),
    path("users/", users.UserList.as_view(), name="user-list"),
    path("users/new/", users.NewUser.as_view(), name="user-new"),
    path("users/<int:pk>/", users.ChangeUser.as_view(), name="user"),
    path("users/<int:pk>/deactivate/", users.Deactivate.as_view(), name="user-deactivate"),
    path("users/<int:pk>/reactivate/", users.Reactivate.as_view(), name="user-reactivate"),
    path("users/<int:pk>/unlock/", users.Unlock.as_view(), name="user-unlock"),
    path("users/<int:pk>/second-factor/", users.ResetSecondFactor.as_view(), name="user-reset-second-factor"),
    path("users/<int:pk>/password/", users.TemporaryPassword.as_view(), name="user-temporary-password"),
    path("users/organisations/", organisations.OrganisationList.as_view(), name="organisation-list"),
    path("users/organisations/new/", organisations.NewAgency.as_view(), name="agency-new"),
    path("users/organisations/<int:pk>/", organisations.ChangeOrganisation.as_view(), name="organisation"),
    path("users/units/new/", organisations.NewUnit.as_view(), name="unit-new"),
    path("users/units/<int:pk>/", organisations.ChangeUnit.as_view(), name="unit"),
    path("users/organisations/<int:pk>/close/", organisations.CloseAgency.as_view(), name="agency-close"),
    path("users/organisations/<int:pk>/open/", organisations.OpenAgency.as_view(), name="agency-open"),
    path("users/clients/", clients.ClientList.as_view(), name="client-list"),
    path("users/clients/new/", clients.NewClient.as_view(), name="client-new"),
    path("users/clients/<int:pk>/", clients.ClientPage.as_view(), name="client"),
    path("users/clients/<int:pk>/change/", clients.ChangeClient.as_view(), name="client-change"),
    path("users/clients/<int:pk>/secret/", clients.NewSecret.as_view(), name="client-secret"),
    path("users/clients/<int:pk>/suspend/", clients.Suspend.as_view(), name="client-suspend"),
    path("users/clients/<int:pk>/resume/", clients.Resume.as_view(), name="client-resume"),
    path("users/clients/<int:pk>/revoke/", clients.Revoke.as_view(), name="client-revoke"),
    path("delegations/", delegations.DelegationList.as_view(), name="delegation-list"),
    path("delegations/new/", delegations.NewDelegation.as_view(), name="delegation-new"),
    path("delegations/<uuid:public_id>/withdraw/", delegations.Withdraw.as_view(), name="delegation-withdraw"),
]
