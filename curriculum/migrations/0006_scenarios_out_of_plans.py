"""Moves the scenarios that stood within plans into rows of their own, and lets every version of a plan refer to them.

No text is lost: what a scenario said in an older version, or in a draft, becomes an older version of the scenario. Where an
editor had changed a plan, its scenarios count as changed by that editor, so that `load_curriculum` leaves them alone.
"""

import json
from uuid import NAMESPACE_URL, uuid5

from django.core.serializers.json import DjangoJSONEncoder
from django.db import migrations


class Mover:
    """Knows the scenarios of one plan, by the block they came from and by their title."""

    def __init__(self, apps, page, site):
        self.apps, self.page, self.site = apps, page, site
        self.code = page.session.code
        self.by_block, self.by_title = {}, {}

    def scenario_for(self, row):
        """The scenario that a block stood for, made anew when no version has told it before."""
        value = row["value"]
        known = self.by_block.get(row.get("id")) or self.by_title.get(value["title"])
        if known is None:
            number = len(set(self.by_title.values())) + 1
            known = self.apps.get_model("curriculum", "Scenario").objects.create(
                site=self.site,
                code=f"{self.code}-S{number}",
                title=value["title"],
                text=value["text"],
                questions=_questions(f"{self.code}-S{number}", value["questions"]),
            )
        if row.get("id"):
            self.by_block[row["id"]] = known
        self.by_title[value["title"]] = known
        return known

    def refer(self, row):
        scenario = self.scenario_for(row)
        name = f"stins:{self.code}/scenarios/{scenario.code}"
        return {"type": "scenario", "value": scenario.pk, "id": str(uuid5(NAMESPACE_URL, name))}


def _questions(code, questions):
    texts = [item["value"] if isinstance(item, dict) else item for item in questions]
    return [
        {"type": "question", "value": text, "id": str(uuid5(NAMESPACE_URL, f"stins:{code}/questions/{number}"))}
        for number, text in enumerate(texts)
    ]


def move(apps, schema_editor):
    pages = apps.get_model("curriculum", "SessionPlanPage").objects.select_related("session", "locale")
    revisions = apps.get_model("wagtailcore", "Revision").objects
    types = apps.get_model("contenttypes", "ContentType").objects
    sites = list(apps.get_model("wagtailcore", "Site").objects.select_related("root_page"))
    if not pages.exists():
        return
    page_type = types.get(app_label="curriculum", model="sessionplanpage")
    scenario_type, _is_new = types.get_or_create(app_label="curriculum", model="scenario")
    movers = {}
    for page in pages.order_by("pk"):
        site = next((site for site in sites if page.path.startswith(site.root_page.path)), None)
        # A translation of a plan tells its scenarios in its own language: they are scenarios of their own.
        mover = Mover(apps, page, site)
        if (place := (site, mover.code)) in movers:
            mover.code = f"{mover.code}-{page.locale.language_code.upper()}"
        movers[place] = mover
        old = [row for row in page.scenarios.raw_data if isinstance(row["value"], dict)]
        pages.filter(pk=page.pk).update(scenarios=[mover.refer(row) for row in old])
        versions = list(revisions.filter(content_type=page_type, object_id=str(page.pk)).order_by("created_at", "pk"))
        for version in versions:
            _move_version(apps, version, mover, scenario_type)
        told = {mover.scenario_for(row).pk for row in old}
        for scenario in set(mover.by_title.values()):
            _end_with_what_is_read(apps, scenario, versions, scenario_type, is_told=scenario.pk in told)


def _move_version(apps, version, mover, scenario_type):
    """One version of a plan: it refers from now on, and what it said is kept as a version of the scenario."""
    old = [row for row in json.loads(version.content.get("scenarios") or "[]") if isinstance(row["value"], dict)]
    for row in old:
        scenario = mover.scenario_for(row)
        value = {key: row["value"][key] for key in ("title", "text")}
        _keep_version(apps, scenario, value, row["value"]["questions"], version, scenario_type)
    version.content["scenarios"] = json.dumps([mover.refer(row) for row in old])
    version.save(update_fields=["content"])


def _keep_version(apps, scenario, value, questions, like, scenario_type):
    """A version of the scenario, unless it says the same as the one before."""
    revisions = apps.get_model("wagtailcore", "Revision").objects
    asked = json.dumps(_questions(scenario.code, questions), cls=DjangoJSONEncoder)
    known = revisions.filter(content_type=scenario_type, object_id=str(scenario.pk)).order_by("created_at", "pk").last()
    says = {**value, "questions": asked}
    if known is None or {key: known.content[key] for key in says} != says:
        known = revisions.create(
            content_type=scenario_type,
            base_content_type=scenario_type,
            object_id=str(scenario.pk),
            object_str=f"{scenario.code} {value['title']}",
            created_at=like.created_at,
            user=like.user,
            content={
                "pk": scenario.pk,
                "site": scenario.site_id,
                "code": scenario.code,
                "changed_at": like.created_at.isoformat(),
                "latest_revision": None,
                **says,
            },
        )
    scenario.latest_revision = known


def _end_with_what_is_read(apps, scenario, versions, scenario_type, *, is_told):
    """The last version is what the published plan tells, or else what was written last; and whose it is."""
    latest = versions[-1] if versions else None
    if latest is None:
        return
    if not is_told:
        says = scenario.latest_revision.content
        scenario.title, scenario.text, scenario.questions = says["title"], says["text"], json.loads(says["questions"])
        scenario.save()
    questions = [row["value"] for row in scenario.questions.raw_data]
    _keep_version(apps, scenario, {"title": scenario.title, "text": scenario.text}, questions, latest, scenario_type)
    scenario.save(update_fields=["latest_revision"])
    if latest.user_id:
        apps.get_model("wagtailcore", "ModelLogEntry").objects.create(
            content_type=scenario_type,
            object_id=str(scenario.pk),
            label=f"{scenario.code} {scenario.title}",
            action="wagtail.edit",
            user=latest.user,
            timestamp=latest.created_at,
            revision=scenario.latest_revision,
            content_changed=True,
            data={},
        )


class Migration(migrations.Migration):

    dependencies = [
        ("curriculum", "0005_scenarios"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(move, elidable=True)]
