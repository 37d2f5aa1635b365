"""What goes with what among answers: ordered outcomes, times of asking, shares of small buildings."""
