"""The pages for what is not right: Swedish, with a way on, and the broken one without a database."""

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404
from django.template import Context, Template

from cms.views import bad_request, csrf_failure, page_not_found, permission_denied, server_error

START = '<a class="button button--primary" href="/">Till startsidan</a>'


def test_a_broken_server_answers_without_a_database(rf):
    """No `db` fixture: a query here is an error."""
    response = server_error(rf.get("/"))
    page = response.content.decode()
    assert response.status_code == 500
    assert "<h1>Något gick fel hos oss</h1>" in page
    assert START in page


def test_an_unreadable_request_is_answered_without_asking_its_host(rf):
    response = bad_request(rf.get("/", headers={"host": "evil.example"}), SuspiciousOperation())
    assert response.status_code == 400
    assert "<h1>Det gick inte att läsa det du skickade</h1>" in response.content.decode()


def test_too_large_a_request_says_that_it_was_not_saved(rf):
    response = bad_request(rf.post("/"), RequestDataTooBig())
    assert response.status_code == 413
    assert "Filen är för stor" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("view", "error", "status", "heading"),
    [
        (permission_denied, PermissionDenied(), 403, "Du får inte se den här sidan"),
        (page_not_found, Http404(), 404, "Sidan finns inte här"),
        (csrf_failure, "", 403, "Formuläret var öppet för länge"),
    ],
)
def test_each_error_page_has_its_status_and_a_way_on(rf, view, error, status, heading):
    response = view(rf.get("/"), error)
    page = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{heading}</h1>" in page
    assert START in page


@pytest.mark.django_db
def test_too_many_tries_ask_to_wait(rf):
    page = Template('{% include "429.html" %}').render(Context({}))
    assert "<h1>För många försök på kort tid</h1>" in page


def test_icon_is_there_for_pages_that_name_none(client, db):
    assert client.get("/favicon.ico").url.startswith("/static/cms/img/favicon")
