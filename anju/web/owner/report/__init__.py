"""Behind a code on a wall or a door: report, see how earlier cases go, call, and read what was done."""
