"""Addresses of the API."""

from rest_framework.routers import SimpleRouter

from offenders.api import views

router = SimpleRouter()
router.register("nominals", views.NominalViewSet, basename="nominal")
urlpatterns = router.urls
