"""Pages of the reviews: stocktakes, meetings, the monthly report."""
