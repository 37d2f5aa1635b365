"""Tables of the register: places, people, zones, accounts, calendars, spreadsheets taken in."""

from anju.register.models.account import Account, Membership, MembershipProject
from anju.register.models.area import Partner, PartnerKind, Zone, ZonePlace
from anju.register.models.calendar import CalendarDay, CalendarVersion, DayOrigin, WorkCalendar
from anju.register.models.person import (
    CareKind,
    CareTag,
    Channel,
    Consent,
    Person,
    Purpose,
    Tie,
    TieKind,
)
from anju.register.models.place import (
    Building,
    Company,
    Project,
    Region,
    Unit,
    UnitUse,
    UseType,
)
from anju.register.models.program import ProgramKey
from anju.register.models.roster import RosterBatch, RosterChange, RosterState

__all__ = [
    "Account",
    "Building",
    "CalendarDay",
    "CalendarVersion",
    "CareKind",
    "CareTag",
    "Channel",
    "Company",
    "Consent",
    "DayOrigin",
    "Membership",
    "MembershipProject",
    "Partner",
    "PartnerKind",
    "Person",
    "ProgramKey",
    "Project",
    "Purpose",
    "Region",
    "RosterBatch",
    "RosterChange",
    "RosterState",
    "Tie",
    "TieKind",
    "Unit",
    "UnitUse",
    "UseType",
    "WorkCalendar",
    "Zone",
    "ZonePlace",
]
