"""One file a format; `write` in `anju.insight.reports.survey.render.files` chooses by suffix."""
