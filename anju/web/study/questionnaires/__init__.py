"""Questionnaires: the library, copies, drafts with their items and scales, publishing."""
