"""Tables of the reviews room."""

from anju.reviews.models.sheets import Meeting, MeetingItem, Stocktake, StocktakeLine

__all__ = ["Meeting", "MeetingItem", "Stocktake", "StocktakeLine"]
