"""How an owner’s word comes in at the desk, by mail and from an old ledger, before it is a case."""
