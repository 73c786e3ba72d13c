"""No text takes a personal identity number: every model, block and form is walked, and so is a new one."""

import importlib
import pkgutil

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from wagtail import blocks
from wagtail.fields import StreamField

from accounts.apps import NOT_WORDS, texts_that_people_write
from accounts.rules import PERSONAL_IDENTITY_NUMBER_MESSAGE, validate_no_personal_identity_number
from cms.forms import ExampleForm
from programmes.models import SchoolClass

CHECKED_OTHERWISE = {
    "programmes.forms.secure_bases.ListRowForm.short_name": "asks the validators of its model",
    "accounts.forms.LoginCodeForm.code": "compared, never kept",
    "programmes.forms.cohorts.CohortForm.mentors": "each line is asked, and told by its number",
    "programmes.forms.cohort_people.MentorsForm.new": "each line is asked, and told by its number",
    "programmes.forms.cohort_people.MentorForm.alias": "asked as each line of the others is",
    "programmes.forms.closings.ReasonForm.skal": "asks the validators of its model's field",
    "programmes.forms.sign_ups.SignUpForm.phone": "a number to ring, which the form asks for itself",
    "programmes.forms.sign_ups.SignUpForm.website": "a trap for machines, never kept",
}
ROOMS = ("accounts", "cms", "curriculum", "programmes")
NUMBER = "20121212-1212"
TEXT_BLOCKS = (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock, blocks.RawHTMLBlock, blocks.BlockQuoteBlock)


def blocks_in(block, path):
    """Every block inside a block, with the way to it."""
    yield path, block
    inside = getattr(block, "child_blocks", {})
    for name, child in inside.items():
        yield from blocks_in(child, f"{path}.{name}")
    if isinstance(block, blocks.ListBlock):
        yield from blocks_in(block.child_block, f"{path}[]")


def stream_fields():
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, StreamField):
                yield from blocks_in(field.stream_block, f"{model._meta.label}.{field.name}")


def all_forms():
    """Every form of the rooms but those that ask their model, and the example that saves nothing."""
    for room in ROOMS:
        for module in pkgutil.walk_packages(importlib.import_module(room).__path__, f"{room}."):
            if ".forms" in module.name:
                importlib.import_module(module.name)
    found = [forms.BaseForm]
    for form in found:
        found += [row for row in form.__subclasses__() if row not in found]
    asks_its_model = [form for form in found if issubclass(form, forms.BaseModelForm)]
    return [form for form in found if form.__module__.startswith(ROOMS) and form not in [*asks_its_model, ExampleForm]]


def test_every_text_of_every_model_refuses():
    texts = list(texts_that_people_write())

    assert len(texts) > 40
    assert [str(field) for field in texts if validate_no_personal_identity_number not in field.validators] == []


def test_what_is_not_checked_as_words_is_checked_as_a_telephone_number_or_written_by_a_program():
    unchecked = {
        f"{model._meta.label}.{field.name}": {type(validator).__name__ for validator in field.validators}
        for model in apps.get_models()
        for field in model._meta.local_fields
        if model._meta.app_label in ROOMS and field.name in NOT_WORDS - {"history_change_reason"}
    }

    assert {name for name, validators in unchecked.items() if "RegexValidator" not in validators} == {
        "accounts.User.password"
    }


def test_every_text_block_of_every_page_refuses():
    texts = [(path, block) for path, block in stream_fields() if isinstance(block, TEXT_BLOCKS)]

    assert len(texts) > 10
    for path, block in texts:
        with pytest.raises(ValidationError) as refused:
            block.clean(block.to_python(f"Elev {NUMBER}"))
        assert NUMBER not in str(refused.value), path
        assert str(PERSONAL_IDENTITY_NUMBER_MESSAGE) in refused.value.messages, path


def test_every_text_field_of_every_form_refuses():
    open_fields = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in all_forms()
        for name, field in form.base_fields.items()
        if type(field) is forms.CharField
        and not isinstance(field.widget, forms.HiddenInput | forms.PasswordInput | forms.Select)
        and validate_no_personal_identity_number not in field.validators
    ]

    assert set(open_fields) - set(CHECKED_OTHERWISE) == set()


@pytest.mark.django_db
def test_checks_do_not_reach_the_migrations():
    """What is added when the program starts must not look like a change of the models."""
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_class_with_a_personal_identity_number_is_refused_without_repeating_it(school):
    with pytest.raises(ValidationError) as refused:
        SchoolClass(school=school, start_year=2026, name=f"3B {NUMBER}", lowest_grade=3, highest_grade=3).full_clean()

    assert refused.value.message_dict == {"name": [str(PERSONAL_IDENTITY_NUMBER_MESSAGE)]}
