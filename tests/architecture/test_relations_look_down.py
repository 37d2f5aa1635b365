"""Foreign keys obey the tower, and every table begins with its company."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.architecture import relations, tower

# Tables that stand above companies: the company itself, people who may belong to several, and
# what the machine itself keeps. Each needs a reason here.
ABOVE_COMPANIES = frozenset(
    {
        "register.Company",  # the company itself
        "register.Account",  # one person may work for several companies
        "kernel.ClockSlot",  # the machine's clocks strike once for all companies
        "kernel.Bucket",  # a network or a guessed link belongs to no company
    }
)

# Tables that name rows of a project and are the company's all the same, each with its reason.
WHOLE_COMPANY = frozenset(
    {
        "register.MembershipProject",  # says which projects somebody reaches
    }
)


def test_relations_look_down():
    assert list(relations.pointing_up(apps.get_models())) == []


def test_every_table_of_a_room_has_a_company():
    found = relations.without_company(apps.get_models(), apart=ABOVE_COMPANIES)

    assert list(found) == []


def test_unique_constraints_and_indexes_begin_with_the_company():
    found = relations.not_company_first(apps.get_models(), apart=ABOVE_COMPANIES)

    assert list(found) == []


def test_what_lies_in_a_project_says_so():
    found = relations.without_part(apps.get_models(), apart=WHOLE_COMPANY)

    assert list(found) == []


def test_every_way_to_a_part_leads_to_a_project():
    assert list(relations.wrong_parts(apps.get_models(), part="register.Project")) == []


@isolate_apps("anju.survey")
def test_a_table_that_forgets_its_project_is_caught():
    class Forgetful(models.Model):
        project = models.ForeignKey("register.Project", on_delete=models.CASCADE)

        class Meta:
            app_label = "survey"

    class Lost(models.Model):
        part = "company_id"
        company = models.ForeignKey("register.Company", on_delete=models.CASCADE)

        class Meta:
            app_label = "survey"

    Forgetful.__module__ = Lost.__module__ = "anju.survey.models"
    project = apps.get_model("register.Project")
    Forgetful._meta.get_field("project").remote_field.model = project

    assert [*relations.without_part([Forgetful], apart=frozenset())] == [
        "survey.Forgetful.project lies in a part; the table does not say so"
    ]
    assert len([*relations.wrong_parts([Lost], part="register.Project")]) == 1


def test_every_table_apart_exists():
    assert {model._meta.label for model in apps.get_models()} >= ABOVE_COMPANIES | WHOLE_COMPANY


def test_every_room_has_its_floor():
    assert {path.name for path in tower.rooms()} <= frozenset().union(*tower.floors())


def test_a_room_that_the_tower_does_not_know_is_refused():
    with pytest.raises(LookupError, match="cellar"):
        tower.height("cellar")


@isolate_apps("anju.register", "anju.survey")
def test_a_relation_that_points_up_is_caught_though_it_is_a_string():
    class Wave(models.Model):
        class Meta:
            app_label = "survey"

    class Building(models.Model):
        wave = models.ForeignKey("survey.Wave", on_delete=models.CASCADE)

        class Meta:
            app_label = "register"

    Wave.__module__, Building.__module__ = "anju.survey.models", "anju.register.models"

    assert list(relations.pointing_up([Wave, Building])) == [
        "register.Building.wave → survey.Wave does not look down"
    ]


@isolate_apps("anju.survey")
def test_a_relation_to_a_sibling_is_caught():
    class Case(models.Model):
        class Meta:
            app_label = "survey"

    class Pulse(models.Model):
        case = models.ForeignKey(Case, on_delete=models.CASCADE)

        class Meta:
            app_label = "survey"

    Case.__module__, Pulse.__module__ = "anju.voice.models", "anju.survey.models"

    assert len(list(relations.pointing_up([Pulse]))) == 1


@isolate_apps("anju.survey")
def test_a_table_without_its_company_first_is_caught():
    class Loose(models.Model):
        code = models.CharField(max_length=9, unique=True)
        name = models.CharField(max_length=9)

        class Meta:
            app_label = "survey"
            constraints = (models.UniqueConstraint(fields=["name", "code"], name="one_name"),)
            indexes = (models.Index(fields=["-name"], name="by_name"),)

    Loose.__module__ = "anju.survey.models"

    assert list(relations.without_company([Loose], apart=frozenset())) == [
        "survey.Loose has no company"
    ]
    assert list(relations.not_company_first([Loose], apart=frozenset())) == [
        "survey.Loose: one_name begins with name, not with the company",
        "survey.Loose: by_name begins with name, not with the company",
        "survey.Loose.code is unique over all companies",
    ]
