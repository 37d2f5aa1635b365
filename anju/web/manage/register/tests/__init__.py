"""Pages of units, people, zones and firms over HTTP."""
