"""Tables of the improvement room: findings, their measures, and the checks of those."""

from anju.improve.models.finding import Finding
from anju.improve.models.measure import Checkpoint, Measure

__all__ = ["Checkpoint", "Finding", "Measure"]
