"""Addresses of pages: annual figures."""

from django.urls import URLPattern, path

from governance.views import closed_years, figure_files, figures

urlpatterns: list[URLPattern] = [
    path("figures/", figures.FiguresPage.as_view(), name="figures"),
    path("figures/rows/", figures.FiguresRows.as_view(), name="figures-rows"),
    path("figures/figures.csv", figure_files.FiguresFile.as_view(), name="figures-csv"),
    path("figures/figures.xlsx", figure_files.FiguresWorkbook.as_view(), name="figures-workbook"),
    path("figures/figures.pdf", figure_files.FiguresPaper.as_view(), name="figures-pdf"),
    path("figures/indicators/", figures.IndicatorsPage.as_view(), name="indicators"),
    path("figures/indicators/rows/", figures.IndicatorRows.as_view(), name="indicators-rows"),
    path("figures/indicators.csv", figure_files.IndicatorsFile.as_view(), name="indicators-csv"),
    path("figures/indicators.xlsx", figure_files.IndicatorsWorkbook.as_view(), name="indicators-workbook"),
    path("figures/indicators.pdf", figure_files.IndicatorsPaper.as_view(), name="indicators-pdf"),
    path("figures/close/", closed_years.CloseYear.as_view(), name="figures-close"),
    path("figures/closed/<int:year>/", closed_years.ClosedFigures.as_view(), name="closed-figures"),
]
