"""An old ledger from a spreadsheet: sent, understood, checked, taken in, taken back."""
