"""What the demonstration's office has beside its homes: areas, firms, yeses, signs of care, looks."""

from __future__ import annotations

from dataclasses import dataclass

from anju.demo.places import CLOUD, LAKESIDE, LANE
from anju.demo.story import Scene
from anju.notify.actions.robots import RobotDraft, add_robot, switch
from anju.privacy.actions.links import make_link
from anju.privacy.actions.looks import look
from anju.privacy.rules.looks import What, Why
from anju.register.access import Actor
from anju.register.actions.areas import FirmDraft, ZoneDraft, save_firm, save_region, save_zone
from anju.register.actions.consents import TEXT_VERSION, add_care, give_consent, withdraw_consent
from anju.register.models import Building, Consent, Person, Purpose, Tie
from anju.survey.rules.questionnaire import Words

# Buildings of each zone of the first project, and whether its steward is chosen yet.
ZONES = (
    (Words("1 区（1–3 栋）", "Zone 1, buildings 1–3"), slice(0, 3), True),
    (Words("2 区（4–5 栋）", "Zone 2, buildings 4–5"), slice(3, 5), True),
    (Words("3 区（6–7 栋）", "Zone 3, buildings 6–7"), slice(5, 7), False),
)
FIRMS = (
    ("contractor", Words("清和保洁（示例）", "Clear Cleaning (sample)"), Words("郑经理", "Zheng")),
    ("contractor", Words("上行电梯（示例）", "Upward Lifts (sample)"), Words("何工", "He")),
    ("builder", Words("筑安建工（示例）", "Safe Builders (sample)"), Words("罗工", "Luo")),
    ("developer", Words("翠湖置业（示例）", "Lakeside Land (sample)"), Words("梁经理", "Liang")),
)
REGIONS = (
    (Words("城南片区", "South of the city"), (LAKESIDE, CLOUD)),
    (Words("城北片区", "North of the city"), (LANE,)),
)
GROUP = Words("翠湖苑项目群（示例）", "Lakeside team (sample)")
# Nobody holds this address; the group is switched off, so that nothing leaves the machine.
GROUP_ADDRESS = "https://open.feishu.cn/open-apis/bot/v2/hook/00000000-demo"
SIGNS = (
    ("alone", Words("上门前先打电话", "Call before coming")),
    ("help", Words("搬运大件时协助开门", "Hold the door when large things are carried")),
)
SAID_NO = 6  # every sixth owner has not agreed to be asked
WHY = Words("电梯停用通知", "The lift stands still")


@dataclass(frozen=True, slots=True)
class Crew:
    """Who does the office's daily work."""

    quality: Actor
    manager: Actor
    desk: Actor
    steward: Actor


def furnish(scene: Scene, crew: Crew) -> None:
    """Draw zones and regions, note firms, consents and signs of care, and who looked at what."""
    _areas(scene, crew)
    for number, (kind, name, contact) in enumerate(FIRMS, start=1):
        draft = FirmDraft(kind, scene.say(name), scene.say(contact), f"1380000900{number}")
        save_firm(actor=crew.quality, draft=draft, at=scene.ago(380))
    agree(scene)
    _people(scene, crew)
    robot = RobotDraft(scene.say(GROUP), "feishu", GROUP_ADDRESS, ("new", "late"))
    robot_id = add_robot(actor=crew.quality, draft=robot, at=scene.ago(20))
    switch(actor=crew.quality, robot_id=robot_id, on=False, at=scene.ago(20))


def _areas(scene: Scene, crew: Crew) -> None:
    project = scene.projects[LAKESIDE]
    houses = Building.objects.filter(project=project).order_by("id")
    ids = list(houses.values_list("id", flat=True))
    for name, part, chosen in ZONES:
        steward_id = crew.steward.account_id if chosen else None
        draft = ZoneDraft(scene.say(name), steward_id, ids[part])
        save_zone(actor=crew.quality, project_id=project.pk, draft=draft, at=scene.ago(390))
    for words, places in REGIONS:
        own = [scene.projects[place].pk for place in places]
        save_region(actor=crew.quality, name=scene.say(words), project_ids=own, at=scene.ago(390))


def agree(scene: Scene) -> None:
    """Let most owners of the first project agree to be asked in surveys."""
    rows = Person.objects.filter(project=scene.projects[LAKESIDE]).order_by("id")
    Consent.objects.bulk_create(
        Consent(
            company_id=scene.actor.company_id,
            person_id=key,
            purpose=Purpose.SURVEY,
            text_version=TEXT_VERSION,
            channel="paper",
            given_at=scene.ago(395),
        )
        for number, key in enumerate(rows.values_list("id", flat=True), start=1)
        if number % SAID_NO
    )


def _people(scene: Scene, crew: Crew) -> None:
    """Let four people of one building be known better: yeses, a no, signs of care, looks, a link."""
    here = Tie.objects.filter(unit__building__project=scene.projects[LAKESIDE], kind="owner")
    # Mrs Li's home and those beside it.
    homes = here.filter(unit__key__in=[f"3-{door}" for door in (501, 502, 503, 504)])
    keys = list(homes.order_by("unit__number").values_list("person_id", flat=True))
    for key, (kind, words) in zip(keys[1:3], SIGNS, strict=True):
        asked = {"actor": crew.desk, "person_id": key, "channel": "visit"}
        give_consent(purpose=Purpose.CARE, at=scene.ago(60), **asked)
        purpose = scene.say(words)
        add_care(actor=crew.steward, person_id=key, kind=kind, purpose=purpose, at=scene.ago(59))
    for key in (keys[0], keys[3]):
        given = give_consent(
            actor=crew.desk, person_id=key, purpose=Purpose.CONTACT, channel="phone",
            at=scene.ago(90),
        )  # fmt: skip
    withdraw_consent(actor=crew.desk, consent_id=given.pk, at=scene.ago(30))
    _looks(scene, crew, keys[1])


def _looks(scene: Scene, crew: Crew, person_id: int) -> None:
    """Look at Mrs Li's telephone twice and at her signs of care once, and let her see it."""
    looks = (
        (crew.desk, What.PHONE, Why("call"), 12),
        (crew.manager, What.CARE, Why("visit"), 11),
        (crew.desk, What.PHONE, Why("other", scene.say(WHY)), 5),
    )
    for number, (actor, what, why, ago) in enumerate(looks, start=1):
        look(
            actor=actor, person_id=person_id, what=what, why=why,
            key=f"demonstration-look-{number}", at=scene.ago(ago),
        )  # fmt: skip
    make_link(actor=crew.manager, person_id=person_id, at=scene.ago(4))
