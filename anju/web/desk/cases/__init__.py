"""Cases at the desk: the work list, one case with its history, and every act on it."""
