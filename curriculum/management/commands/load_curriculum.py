"""Loads the catalogue and the pages that ship with the product."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.models import SiteSettings
from curriculum.actions import (
    ContentError,
    load_catalogue,
    load_contact_words,
    load_contacts,
    load_pages,
    load_scenarios,
    load_translations,
    load_words,
)
from curriculum.imports import (
    CONTENT,
    read_catalogue,
    read_contact_words,
    read_contacts,
    read_example_words,
    read_pages,
    read_scenarios,
    read_translation,
    read_words,
    shipped_languages,
)


class Command(BaseCommand):
    help = (
        "Loads the catalogue of programmes and sessions, and the pages and support contacts of a site, from the "
        "content files. Safe to run again: it changes only what is new in the files and what no person has changed. "
        "Exit 0 done, 1 refused with a reason, 2 wrong usage."
    )

    def add_arguments(self, parser):
        parser.add_argument("--site", metavar="HOSTNAME", help="the site to load the pages on; else the default site")
        parser.add_argument(
            "--municipality", metavar="NAME", help="the name in the pages; else the one in the site's settings"
        )
        parser.add_argument("--content", metavar="DIR", type=Path, default=CONTENT, help="other content files")

    def handle(self, *, site, municipality, content, **options):
        where = self.find_site(site)
        try:
            with transaction.atomic():
                results = self.load(where, municipality, content)
        except ContentError as error:
            raise CommandError(str(error)) from error
        for name, result in results:
            self.stdout.write(
                _("%(name)s: %(created)s created, %(updated)s updated, %(unchanged)s unchanged.")
                % {
                    "name": name,
                    "created": result.created,
                    "updated": result.updated,
                    "unchanged": result.unchanged,
                }
            )
            for title in result.left_alone:
                self.stdout.write(_("Left alone, since a person has changed it: %(title)s.") % {"title": title})

    def find_site(self, hostname):
        sites = Site.objects.filter(hostname=hostname) if hostname else Site.objects.filter(is_default_site=True)
        site = sites.first()
        if site is None:
            raise CommandError(_("There is no site with that host name."))
        return site

    def load(self, site, municipality, content):
        # Everything is read before anything is written: a broken file is found at once.
        catalogue = read_catalogue(content)
        contacts = read_contacts(content, with_example=settings.DEMO)
        glossary = read_words(content)
        scenarios = read_scenarios(content)
        words = self.words(site, municipality, content)
        pages = read_pages(content, words=words, with_example=settings.DEMO)
        chosen = [(code, name) for code, name in settings.LANGUAGES if code in shipped_languages(content)]
        spoken = [
            (code, name, read_translation(code, content, words=words), read_contact_words(code, content))
            for code, name in chosen
        ]
        loaded = [
            (_("Catalogue"), load_catalogue(programmes=catalogue)),
            (_("Contacts"), load_contacts(site=site, contacts=contacts)),
            (_("Glossary"), load_words(site=site, words=glossary)),
            (_("Scenarios"), load_scenarios(site=site, scenarios=scenarios)),
            (_("Pages"), load_pages(site=site, content=pages)),
        ]
        for code, name, translated, contact_words in spoken:
            # Somebody who knows the language reads a translation before it is shown; a demonstration has nobody.
            results = load_translations(site=site, language=code, content=translated, publish=settings.DEMO)
            loaded.append((_("Pages in another language: %(name)s") % {"name": name}, results))
            results = load_contact_words(site=site, language=code, words=contact_words)
            loaded.append((_("Contacts in another language: %(name)s") % {"name": name}, results))
        return loaded

    def words(self, site, municipality, content):
        site_settings = SiteSettings.for_site(site)
        if municipality and not site_settings.owner_name:
            site_settings.owner_name = municipality
            site_settings.save()
        example = read_example_words(content) if settings.DEMO else {}
        return {
            "municipality": municipality or site_settings.owner_name or _("the municipality"),
            "phone": site_settings.contact_phone or example.get("phone", ""),
            "email": site_settings.contact_email or example.get("email", ""),
        }
