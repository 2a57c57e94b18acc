"""Addresses of pages: annual figures."""

from django.urls import URLPattern, path

from governance.views import figures

urlpatterns: list[URLPattern] = [
    path("figures/", figures.FiguresPage.as_view(), name="figures"),
    path("figures/rows/", figures.FiguresRows.as_view(), name="figures-rows"),
    path("figures/figures.csv", figures.FiguresFile.as_view(), name="figures-csv"),
    path("figures/figures.xlsx", figures.FiguresWorkbook.as_view(), name="figures-workbook"),
    path("figures/figures.pdf", figures.FiguresPaper.as_view(), name="figures-pdf"),
    path("figures/indicators/", figures.IndicatorsPage.as_view(), name="indicators"),
    path("figures/indicators/rows/", figures.IndicatorRows.as_view(), name="indicators-rows"),
    path("figures/indicators.csv", figures.IndicatorsFile.as_view(), name="indicators-csv"),
    path("figures/indicators.xlsx", figures.IndicatorsWorkbook.as_view(), name="indicators-workbook"),
    path("figures/indicators.pdf", figures.IndicatorsPaper.as_view(), name="indicators-pdf"),
    path("figures/close/", figures.CloseYear.as_view(), name="figures-close"),
    path("figures/closed/<int:year>/", figures.ClosedFigures.as_view(), name="closed-figures"),
]
