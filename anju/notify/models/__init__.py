"""Tables of the notify room: messages, wishes of colleagues, group robots, the hold."""

from anju.notify.models.message import Message
from anju.notify.models.settings import Hold, Preference, Robot

__all__ = ["Hold", "Message", "Preference", "Robot"]
