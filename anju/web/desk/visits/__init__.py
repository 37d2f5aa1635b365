"""Return visits at the desk: whom to call, the call itself, how many were made, and objections."""
