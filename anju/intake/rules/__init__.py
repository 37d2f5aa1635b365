"""Decisions of the intake room: what a mail says, what a row of an old ledger says; pure."""
