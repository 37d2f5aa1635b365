"""Registering what an owner says: the call at the desk, the box, the visit, the mailbox."""
