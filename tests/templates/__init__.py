"""Every page as it is rendered: sound, labelled, translated, and leading somewhere."""
