"""A firm's foreman: in by a link and a code to his phone, and no further than his firm's cases."""
