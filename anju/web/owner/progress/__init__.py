"""An owner's own page of a case: how it goes, words and photos both ways, urging, and her verdict."""
