"""The survey room as a Django application; its job is made known by the jobs room."""

from django.apps import AppConfig


class SurveyConfig(AppConfig):
    """Registers the survey room."""

    name = "anju.survey"
    label = "survey"
    verbose_name = "Survey"
