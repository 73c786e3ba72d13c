"""Brings the pages of a site in step with the content files, and leaves alone what an editor has touched."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page, PageLogEntry, PageViewRestriction, Site

from cms.enums import ReaderGroup
from cms.models import BasePage, HandbookChapterPage, HomePage, NewsPage, StandardPage, SupportContact
from curriculum.actions.content import ContactRow, ContentError, LoadResult, PageContent
from curriculum.actions.snippets import keep_snippet, was_deleted_by_a_person
from curriculum.models import Programme, ProgrammePage, Scenario, Session, SessionPlanPage


@transaction.atomic
def load_pages(*, site: Site, content: PageContent) -> LoadResult:
    """Publish the tree of pages on a site, its start page at the root; every published page has its revision.

    A page is updated only while its latest revision is nobody's; a page that an editor has changed, taken down or
    deleted is left alone and named. Raises ContentError when a page could not be published; then nothing is saved.
    """
    result = LoadResult()
    content = _chosen(content, dict(Scenario.objects.for_site(site).values_list("code", "pk")))
    home = site.root_page.specific
    if isinstance(home, HomePage):
        _update(home, content, result)
    else:
        home = _replace_welcome_page(site, content)
        result.created += 1
    for child in content.children:
        _place(home, child, result)
    return result


@transaction.atomic
def load_contacts(*, site: Site, contacts: Iterable[ContactRow]) -> LoadResult:
    """Create and update the contacts of the support list by name; a contact a person has changed is left alone."""
    result = LoadResult()
    for row in contacts:
        where = None if row.is_national else site
        name = row.fields["name"]
        own = SupportContact.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
        known = own.filter(site=where, name=name).first()
        keep_snippet(known or SupportContact(site=where), row.fields, label=name, result=result)
    return result


def _chosen(content: PageContent, known: Mapping[str, int]) -> PageContent:
    """The same pages, their plans' scenarios as the stream stores them; one that a person took away is left out."""
    fields = dict(content.fields)
    if "scenarios" in fields:
        rows = [row for row in fields["scenarios"] if row["value"] in known]
        fields["scenarios"] = [{**row, "value": known[row["value"]]} for row in rows]
    return replace(content, fields=fields, children=[_chosen(child, known) for child in content.children])


def _replace_welcome_page(site: Site, content: PageContent) -> Page:
    """Put the start page where Wagtail's empty welcome page stood; refuse to replace anything else."""
    welcome = site.root_page
    is_welcome = welcome.specific_class is Page and (welcome.is_root() or not welcome.get_children().exists())
    if not is_welcome:
        raise ContentError(_("The site already has another start page: %(title)s.") % {"title": welcome.title})
    if not welcome.is_root() and welcome.slug == content.slug:
        welcome.slug = f"{content.slug}-{welcome.pk}"
        welcome.save()
    root = Page.get_first_root_node()
    is_free = Page._slug_is_available(content.slug, root)
    home = _create(root, content, slug=content.slug if is_free else f"{content.slug}-{site.pk}")
    site.root_page = home
    site.save()
    if not welcome.is_root() and not Site.objects.filter(root_page=welcome).exists():
        Page.objects.get(pk=welcome.pk).delete()
    return home


def _place(parent: Page, content: PageContent, result: LoadResult) -> None:
    page = find_page(parent, content)
    if page is not None:
        _update(page, content, result)
    elif was_deleted_by_a_person(PageLogEntry, content.kind, content.fields["title"]):
        result.left_alone.append(content.fields["title"])
        return
    else:
        page = _create(parent, content, slug=content.slug)
        result.created += 1
    for child in content.children:
        _place(page, child, result)


def find_page(parent: Page, content: PageContent) -> BasePage | None:
    """The page again, wherever an editor may have changed its address: a plan is known by its session."""
    pages = content.kind.objects.child_of(Page.objects.get(pk=parent.pk))
    if content.kind is SessionPlanPage:
        return pages.filter(session__code=content.fields["session"]).first()
    if content.kind is ProgrammePage:
        return pages.filter(programme__code=content.fields["programme"]).first()
    if content.kind in {StandardPage, NewsPage, HandbookChapterPage}:
        return pages.filter(slug=content.slug).first()
    return pages.first()


def _create(parent: Page, content: PageContent, *, slug: str) -> BasePage:
    page = content.kind(slug=slug, live=False, **_values(content))
    parent = Page.objects.get(pk=parent.pk)
    try:
        parent.add_child(instance=page)
        if content.readers:
            _show_only_to(page, content.readers)
        _publish(page)
    except ValidationError as error:
        raise ContentError(f"{content.source}: {' '.join(error.messages)}") from error
    return content.kind.objects.get(pk=page.pk)


def _show_only_to(page: BasePage, readers: Iterable[ReaderGroup]) -> None:
    """Close a new page to all but some groups; who reads it later is the editor's to say."""
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.set(Group.objects.filter(name__in=list(readers)))


def _update(page: BasePage, content: PageContent, result: LoadResult) -> None:
    values = _values(content)
    latest = page.get_latest_revision_as_object()
    changed = [name for name, value in values.items() if not _same(page, name, getattr(latest, name), value)]
    revision = page.latest_revision
    if not changed:
        result.unchanged += 1
        return
    if not page.live or (revision and revision.user_id):
        result.left_alone.append(latest.title)
        return
    for name in changed:
        setattr(latest, name, values[name])
    try:
        _publish(latest)
    except ValidationError as error:
        raise ContentError(f"{content.source}: {' '.join(error.messages)}") from error
    result.updated += 1


def _publish(page: BasePage) -> None:
    page.save_revision(log_action=True).publish()


def _values(content: PageContent) -> dict[str, Any]:
    """The fields as the model holds them; the streams are checked here, since a model does not check its blocks."""
    values = dict(content.fields)
    if "programme" in values:
        values["programme"] = _by_code(Programme, values["programme"], content.source)
    if "session" in values:
        values["session"] = _by_code(Session, values["session"], content.source)
    for name, value in values.items():
        field = content.kind._meta.get_field(name)
        if isinstance(field, StreamField):
            values[name] = checked_stream(field, value, content.source)
    return values


def checked_stream(field: StreamField, raw: list[dict[str, Any]], source: str) -> Any:
    """A stream as the model holds it; raises ContentError where one of its blocks is not as it should be."""
    stream = field.to_python(json.dumps(raw))
    try:
        field.stream_block.clean(stream)
    except ValidationError as error:
        raise ContentError(f"{source}: {field.name}: {_first_message(error)}") from error
    return stream


def _first_message(error: ValidationError) -> str:
    """The first sentence within nested block errors, with its place: '2: minutes: …'."""
    nested = getattr(error, "block_errors", None)
    if not nested:
        return " ".join(error.messages)
    key, inner = next(iter(nested.items() if isinstance(nested, dict) else enumerate(nested)))
    number = key + 1 if isinstance(key, int) else key
    return f"{number}: {_first_message(inner)}"


def _by_code(model: Any, code: str, source: str) -> Any:
    row = model.objects.filter(code=code).first()
    if row is None:
        raise ContentError(_("%(source)s: there is no %(code)s.") % {"source": source, "code": code})
    return row


def _same(page: BasePage, name: str, one: Any, other: Any) -> bool:
    field = page._meta.get_field(name)
    if not isinstance(field, StreamField):
        return bool(one == other)
    return _prepared(one) == _prepared(other)


def _prepared(stream: Any) -> list[dict[str, Any]]:
    """A stream as stored, with every block read once, so that old and new are written the same way."""
    return [child.get_prep_value() for child in stream]
