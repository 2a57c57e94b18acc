"""Addresses of pages: registration, notification requirements, convictions, orders."""
from django.urls import URLPattern, path

from offenders.views import orders, registration

ONE = "nominals/<reference:reference>/"
ROW = "<uuid:public_id>/"

urlpatterns: list[URLPattern] = [
    path(f"{ONE}registration/", registration.RegistrationPage.as_view(), name="registration"),
    path(f"{ONE}registration/duties/add/", registration.AddDuty.as_view(), name="duty-add"),
    path(f"{ONE}registration/duties/{ROW}notified/", registration.RecordNotified.as_view(), name="duty-notified"),
    path(f"{ONE}registration/duties/{ROW}not-required/", registration.ExcuseDuty.as_view(), name="duty-excuse"),
    path(f"{ONE}registration/reviews/add/", registration.AddReview.as_view(), name="review-add"),
    path(f"{ONE}registration/reviews/{ROW}decide/", registration.MoveReview.as_view(), name="review-decide"),
    path(f"{ONE}registration/breaches/add/", orders.AddBreach.as_view(), name="breach-add"),
    path(f"{ONE}registration/breaches/{ROW}decide/", orders.DecideBreach.as_view(), name="breach-decide"),
    path(f"{ONE}registration/travel/add/", orders.AddTravel.as_view(), name="travel-add"),
    path(f"{ONE}registration/travel/{ROW}place/", orders.AddJourney.as_view(), name="travel-place"),
    path(f"{ONE}registration/travel/{ROW}cancel/", orders.CancelTravel.as_view(), name="travel-cancel"),
    path(f"{ONE}convictions/add/", registration.AddConviction.as_view(), name="conviction-add"),
    path(f"{ONE}convictions/{ROW}change/", registration.CorrectConviction.as_view(), name="conviction-change"),
    path(f"{ONE}orders/add/", orders.AddOrder.as_view(), name="order-add"),
    path(f"{ONE}orders/{ROW}vary/", orders.VaryOrder.as_view(), name="order-vary"),
    path(f"{ONE}orders/{ROW}discharge/", orders.DischargeOrder.as_view(), name="order-discharge"),
]
