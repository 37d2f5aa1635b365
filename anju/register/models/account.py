"""Accounts that sign in, and what each may be in which company."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from anju.kernel.scope import CompanyRow, company_first
from anju.register.models.place import Company, Project
from anju.register.rules.rights import Reach, Role


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by e-mail whatever its case."""

    @override
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """A person who signs in; contact records of owners are another table."""

    id = models.BigAutoField(primary_key=True)
    email = models.EmailField(_("E-mail"), max_length=254, unique=True)
    name = models.CharField(max_length=80)
    language = models.CharField(max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)
    # Until when a second step may wait; set when it is first asked for.
    second_step_by = models.DateTimeField(null=True, blank=True)
    # Hint → how often she did what it speaks of; see anju.help.rules.hints.
    hints = models.JSONField(default=dict, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[AccountManager] = AccountManager()

    @override
    def __str__(self) -> str:
        return self.name

    def has_perm(self, *_args: Any, **_kwargs: Any) -> bool:
        """No Django permissions: rights are decided by access.py alone."""
        return False


class Membership(CompanyRow):
    """What an account is in a company: one role from the one table of rights."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    reach = models.CharField(
        max_length=10,
        choices=[(reach.value, reach.value) for reach in Reach],
        default=Reach.COMPANY.value,
    )
    active = models.BooleanField(default=True)

    class Meta:
        """One role for a person in a company."""

        constraints = [company_first("membership_one_a_person", "account")]


class MembershipProject(CompanyRow):
    """One project that a membership reaches, where it does not reach the whole company."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="reached")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")

    class Meta:
        """Each project once."""

        constraints = [company_first("reach_one_a_project", "membership", "project")]
