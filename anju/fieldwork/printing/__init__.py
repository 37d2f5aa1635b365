"""What the survey room prints: questionnaires on A4."""
