"""Letters to editors: plain, in Swedish, with addresses on the host of the page's own site."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms.models import StandardPage
from programmes.enums import Role
from tests.cms.test_review import approve, page, reader, send_for_review, typed, writer  # noqa: F401 -- fixtures
from tests.factories import MembershipFactory, MunicipalityFactory, UserFactory

HOST = "https://stins.ekbacka.example"


@pytest.fixture(autouse=True)
def _own_host(page, municipality):  # noqa: F811
    municipality.site.hostname, municipality.site.port = "stins.ekbacka.example", 443
    municipality.site.save()


def letters():
    return {letter.to[0]: (letter.subject, letter.body, letter.alternatives) for letter in mail.outbox}


def test_second_reader_is_told_what_waits_and_nobody_else(client, settings, page, writer, reader):  # noqa: F811
    settings.ALLOWED_HOSTS = ["*"]
    UserFactory(is_superuser=True, email="chefen@ekbacka.example")
    elsewhere = MunicipalityFactory()
    elsewhere.site.root_page = page.get_root().add_child(instance=Page(title="Granby", slug="granby"))
    elsewhere.site.save()
    MembershipFactory(role=Role.EDITOR, municipality=elsewhere, user__email="annan@granby.example")
    writer.first_name, writer.last_name = "Vera", "O'Ek & Alm"
    writer.save()
    send_for_review(client, writer, page)

    assert letters() == {
        "laser@ekbacka.example": (
            "Att läsa: Om oss",
            "Vera O'Ek & Alm har skrivit i ”Om oss” och behöver en andra läsare. Läs, och godkänn eller begär "
            f"ändringar:\n{HOST}/admin/pages/{page.pk}/edit/\n\n"
            f"Vilka brev du får väljer du här: {HOST}/admin/account/#tab-notifications",
            [],
        )
    }


def test_writer_is_told_when_the_page_is_approved(client, settings, page, writer, reader):  # noqa: F811
    settings.ALLOWED_HOSTS = ["*"]
    send_for_review(client, writer, page)
    mail.outbox.clear()
    approve(client, reader, page)

    subject, body, _html = letters()["skriver@ekbacka.example"]
    assert subject == "Godkänd: Om oss"
    assert body.startswith(f"”Om oss” har lästs och godkänts:\n{HOST}/om-oss/\n")


def test_writer_is_told_what_should_be_changed(client, settings, page, writer, reader):  # noqa: F811
    settings.ALLOWED_HOSTS = ["*"]
    send_for_review(client, writer, page)
    mail.outbox.clear()
    state = StandardPage.objects.get(pk=page.pk).current_workflow_task_state
    client.force_login(reader)
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", state.pk])
    client.post(address, {"comment": "Ta bort \"alla\" & 'ingen'."})

    subject, body, _html = letters()["skriver@ekbacka.example"]
    assert subject == "Ändringar begärs: Om oss"
    assert body.splitlines()[:3] == [
        "”Om oss” har lästs, och ändringar begärs.",
        "Den som läste skriver: Ta bort \"alla\" & 'ingen'.",
        f"Ändra och skicka den på granskning igen: {HOST}/admin/pages/{page.pk}/edit/",
    ]


def test_comment_is_told_to_whoever_follows_the_page(client, settings, page, writer, reader):  # noqa: F811
    settings.ALLOWED_HOSTS = ["*"]
    page.subscribers.create(user=writer, comment_notifications=True)
    client.force_login(reader)
    comment = {
        "text": "Stämmer \"åtta\" & 'tio'?",
        "contentpath": "intro",
        "position": "",
        "replies": inline_formset([]),
    }
    data = {**typed("Gammalt."), **nested_form_data({"body": streamfield([]), "comments": inline_formset([comment])})}
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)

    subject, body, _html = letters()["skriver@ekbacka.example"]
    assert subject == "Kommentarer på: Om oss"
    assert "Nytt: Stämmer \"åtta\" & 'tio'?" in body
    assert set(re.findall(r"https?://[^/\s]+", body)) == {HOST}
