"""Any message out, once, provably: the outbox, the ways out, and what people wish to be told."""
