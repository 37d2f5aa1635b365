"""Units with their people, stays, consents, zones, partner firms and regions."""
