"""Cases: every owner's word with a person, a promise, a result, a return visit and a verdict."""
