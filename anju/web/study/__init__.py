"""Pages of those who ask and measure: surveys, answers, questionnaires, results, paper."""
