"""One folder a report: figures, words, renderers."""
