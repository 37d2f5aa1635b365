"""Tables of the register: places and accounts."""

from anju.register.models.account import Account, Membership
from anju.register.models.place import Building, Company, Project, Unit, UseType

__all__ = ["Account", "Building", "Company", "Membership", "Project", "Unit", "UseType"]
