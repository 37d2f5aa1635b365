"""The look as data: tokens, and what is generated from them."""
