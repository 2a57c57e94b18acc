"""Addresses of pages: reviews of flags."""
from django.urls import URLPattern, path

from intelligence.views import flag_reviews

urlpatterns: list[URLPattern] = [
    path("flag-reviews/", flag_reviews.ReviewList.as_view(), name="flag-reviews"),
    path("flag-reviews/alike/<uuid:public_id>/", flag_reviews.KeepAlike.as_view(), name="flag-alike"),
    path("nominals/<reference:reference>/flags/review/", flag_reviews.ReviewPage.as_view(), name="flag-review"),
    path("nominals/<reference:reference>/flags/reviews/", flag_reviews.PastReviews.as_view(), name="flag-reviews-past"),
    path("nominals/<reference:reference>/flags/<uuid:public_id>/history/", flag_reviews.FlagHistory.as_view(), name="flag-history"),
]
