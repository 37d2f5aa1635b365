"""From a stranger's columns to answers on scales: what each column holds, what each text means. Pure."""
