"""Gap, cause, person, dated measure: from a low figure to what helped."""
