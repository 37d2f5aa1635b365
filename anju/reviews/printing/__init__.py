"""Stocktakes, minutes and monthly reports on paper and as workbooks, in the reader's language."""
