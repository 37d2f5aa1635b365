"""Tables of the notify room: messages, wishes of colleagues, group robots, the hold."""

from anju.notify.models.message import Message
from anju.notify.models.settings import Follower, Hold, Preference, Robot

__all__ = ["Follower", "Hold", "Message", "Preference", "Robot"]
