"""A translation is written beside its Swedish, and published when another person than the translator has read it."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.actions.access import set_access
from cms.enums import Access
from cms.models import HomePage, SiteSettings, StandardPage, SupportContact, access_to, own_access, restrictions_on
from programmes.enums import Role
from tests.factories import MembershipFactory, MunicipalityFactory, UserFactory


@pytest.fixture
def page(municipality, settings):
    settings.WAGTAILSEARCH_BACKENDS = {"default": {**settings.WAGTAILSEARCH_BACKENDS["default"], "AUTO_UPDATE": False}}
    home = HomePage(title="Start", slug="start", heading="Start", intro="Start", support_prompt="Vem?")
    Page.get_first_root_node().add_child(instance=home)
    municipality.site.root_page = home
    municipality.site.save()
    return home.add_child(instance=StandardPage(title="Om oss", slug="om-oss", intro="Vi finns här."))


@pytest.fixture
def writer(page, municipality):
    return MembershipFactory(role=Role.EDITOR, municipality=municipality, user__email="skriver@ekbacka.example").user


@pytest.fixture
def reader(page, municipality):
    return MembershipFactory(role=Role.EDITOR, municipality=municipality, user__email="laser@ekbacka.example").user


def submit(client, user, page, code="ar"):
    client.force_login(user)
    locale = Locale.objects.get(language_code=code)
    return client.post(reverse("wagtail_localize:submit_page_translation", args=[page.pk]), {"locales": [locale.pk]})


def arabic(page):
    return page.get_translation(Locale.objects.get(language_code="ar"))


def edit(client, user, page, **values):
    client.force_login(user)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, values, follow=True) if values else client.get(address)


def write(client, user, page, **texts):
    """Write texts as the editor's script does: one after the other, each in its place."""
    client.force_login(user)
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=page.locale)
    for field, text in texts.items():
        segment = translation.source.stringsegment_set.get(context__path=field)
        address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
        form = urlencode({"value": text})
        assert client.put(address, form, content_type="application/x-www-form-urlencoded").status_code in {200, 201}


def approve(client, user, page):
    state = Page.objects.get(pk=page.pk).current_workflow_task_state
    client.force_login(user)
    return client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]))


def told(response):
    return [" ".join(str(message).split()) for message in response.context["messages"]]


def test_translating_makes_drafts_and_nothing_that_is_shown(client, page, writer):
    submit(client, writer, page)
    made = Page.objects.filter(locale__language_code="ar").order_by("depth")

    assert [(one.slug, one.live, one.alias_of_id) for one in made] == [
        ("start-ar", False, None),
        ("om-oss", False, None),
    ]


def test_texts_stand_side_by_side_with_how_far_they_have_come(client, page, writer):
    submit(client, writer, page)
    write(client, writer, arabic(page), title="من نحن")
    html = edit(client, writer, arabic(page)).text

    assert "Vi finns h\\u00e4r." in html
    assert "1 av 3 texter är översatta." in html
    assert "Skicka på granskning" in html


def test_translation_is_published_when_another_has_read_it(client, page, writer, reader):
    submit(client, writer, page)
    write(client, writer, arabic(page), title="من نحن", intro="نحن هنا.")
    answer = edit(client, writer, arabic(page), **{"send-translation": "1"})

    assert told(answer)[-1] == "Översättningen är skickad på granskning."
    assert arabic(page).live is False
    assert "Godkänn och publicera" not in edit(client, writer, arabic(page)).text

    approve(client, writer, arabic(page))
    assert arabic(page).live is False

    assert "Godkänn och publicera" in edit(client, reader, arabic(page)).text
    approve(client, reader, arabic(page))
    assert (arabic(page).live, arabic(page).intro) == (True, "نحن هنا.")


def test_translation_that_is_being_read_is_not_sent_again(client, page, writer):
    submit(client, writer, page)
    edit(client, writer, arabic(page), **{"send-translation": "1"})
    answer = edit(client, writer, arabic(page), **{"send-translation": "1"})

    assert told(answer) == ["Översättningen läses redan, eller så är ingen satt att läsa den."]


def test_translator_publishes_nothing_alone(client, page, writer):
    submit(client, writer, page)

    edit(client, writer, arabic(page), action="publish")
    assert arabic(page).live is False
    source = TranslationSource.objects.get(object_id=page.translation_key)
    address = reverse("wagtail_localize:update_translations", args=[source.pk])
    assert 'type="hidden" name="publish_translations"' in client.get(address).text
    client.post(address, {"publish_translations": "on"})
    assert arabic(page).live is False


def test_office_of_one_publishes_its_translations(
    client, page, writer, municipality, django_capture_on_commit_callbacks
):
    SiteSettings.objects.update_or_create(site=municipality.site, defaults={"publishes_alone": True})
    submit(client, writer, page)
    with django_capture_on_commit_callbacks(execute=True):
        edit(client, writer, arabic(page), action="publish")

    assert arabic(page).live is True


def test_editor_of_another_municipality_translates_nothing_here(client, page, writer):
    submit(client, writer, page)
    elsewhere = MunicipalityFactory(name="Annanstans", code="9902")
    home = HomePage(title="Där", slug="dar", heading="Där", intro="Där", support_prompt="Vem?")
    elsewhere.site.root_page = Page.get_first_root_node().add_child(instance=home)
    elsewhere.site.save()
    stranger = MembershipFactory(role=Role.EDITOR, municipality=elsewhere).user
    contact = SupportContact.objects.create(
        name="Socialtjänsten", hours="dagtid", checked_date="2026-11-01", site=page.get_site()
    )
    source = TranslationSource.objects.get(object_id=page.translation_key)
    somali = {"locales": [Locale.objects.get(language_code="so").pk]}
    snippet = reverse("wagtail_localize:submit_snippet_translation", args=["cms", "supportcontact", contact.pk])

    assert submit(client, stranger, page, "so").status_code in {302, 403}
    assert client.post(snippet, somali).status_code == 404
    assert client.get(reverse("wagtail_localize:update_translations", args=[source.pk])).status_code in {302, 403}
    assert not Page.objects.filter(locale__language_code="so").exists()
    assert SupportContact.objects.count() == 1


def test_page_is_never_a_copy_of_the_swedish_one(client, page, writer):
    submit(client, writer, page)
    address = reverse("wagtail_localize:convert_to_alias", args=[arabic(page).pk])
    for method in (client.get, client.post):
        assert method(address).status_code == 302

    assert (arabic(page).alias_of_id, arabic(page).live) == (None, False)


def test_access_is_chosen_for_the_page_and_not_for_its_language(page, writer, client):
    submit(client, writer, page)
    set_access(place=page, access=Access.STAFF, by=writer)

    assert own_access(arabic(page)) == access_to(arabic(page)) == Access.STAFF
    Translation.objects.get(source__object_id=page.translation_key).save_target(publish=False)
    assert restrictions_on(page).count() == 2

    set_access(place=arabic(page), access=Access.CENTRE, by=writer)
    assert (own_access(page), restrictions_on(page).count()) == (Access.CENTRE, 1)
    set_access(place=page, access=Access.PUBLIC, by=writer)
    assert (access_to(StandardPage.objects.get(pk=page.pk)), restrictions_on(page).count()) == (Access.PUBLIC, 0)


def test_translation_of_a_contact_keeps_its_number(client, page, writer):
    contact = SupportContact.objects.create(
        name="Bris", description="Ring.", phone="116 111", hours="dygnet runt", checked_date="2026-11-01"
    )
    client.force_login(writer)
    locale = Locale.objects.get(language_code="ar")
    address = reverse("wagtail_localize:submit_snippet_translation", args=["cms", "supportcontact", contact.pk])
    assert client.post(address, {"locales": [locale.pk]}).status_code == 302
    source = TranslationSource.objects.get(object_id=contact.translation_key)

    assert contact.get_translation(locale).phone == "116 111"
    assert sorted(source.stringsegment_set.values_list("context__path", flat=True)) == ["description", "hours", "name"]


def test_nobody_without_the_right_translates(client, page):
    outsider = UserFactory()

    assert submit(client, outsider, page).status_code in {302, 403}
    assert Page.objects.filter(locale__language_code="ar").count() == 0


def test_number_of_a_person_is_refused_in_a_translation(client, page, writer):
    submit(client, writer, page)
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale__language_code="ar")
    segment = translation.source.stringsegment_set.get(context__path="intro")
    form = urlencode({"value": "121212-1212"})
    answer = client.put(
        reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk]),
        form,
        content_type="application/x-www-form-urlencoded",
    )
    assert (answer.status_code, StringTranslation.objects.filter(data__contains="1212").count()) == (403, 0)
