"""Working calendars: hours, holidays, make-up workdays, and a trial of when something is due."""
