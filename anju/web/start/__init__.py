"""The first page, the switches of language and theme, and the probe of life."""
