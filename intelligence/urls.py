"""Every address of the app, by subject in intelligence/routes/."""
from intelligence.routes import (
    briefings,
    checks,
    covert,
    duplicates,
    flag_reviews,
    flags,
    information,
    links,
    messages,
    practice,
    report_search,
    tasking,
    travel,
    weak_signals,
)

app_name = "intelligence"
urlpatterns = [
    *checks.urlpatterns,
    *briefings.urlpatterns,
    *covert.urlpatterns,
    *duplicates.urlpatterns,
    *flag_reviews.urlpatterns,
    *flags.urlpatterns,
    *information.urlpatterns,
    *links.urlpatterns,
    *messages.urlpatterns,
    *practice.urlpatterns,
    *report_search.urlpatterns,
    *tasking.urlpatterns,
    *travel.urlpatterns,
    *weak_signals.urlpatterns,
]
