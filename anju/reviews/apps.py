"""The reviews room as a Django application."""

from django.apps import AppConfig
from typing_extensions import override


class ReviewsConfig(AppConfig):
    """Registers the room and says what it holds about people."""

    name = "anju.reviews"
    label = "reviews"
    verbose_name = "Reviews"

    @override
    def ready(self) -> None:
        """Declare the holdings."""
        from anju.privacy.holdings import Fate, Holding, Of, declare

        declare(
            *(
                Holding(
                    f"reviews.{model}", "case__unit", Of.HOME, Fate.APART, "how the office works"
                )
                for model in ("StocktakeLine", "MeetingItem")
            )
        )
