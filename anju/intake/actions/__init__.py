"""Writes of the intake room: a call in one breath, a mail, an old ledger."""
