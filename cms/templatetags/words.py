"""Explains the words of the glossary where they stand: {% explained %} … {% endexplained %} around rendered text.

The first time a word stands within the tag it becomes a button that opens its explanation: the browser's own popover,
which needs no script, follows the keyboard, closes with Escape, and stays out of the way of reading and printing.
"""

import re

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from wagtail.models import Site

from cms.models import Word

register = template.Library()

TAG = re.compile(r"(<[^>]*>)")
NAME = re.compile(r"</?\s*([a-zA-Z0-9]+)")
# Where a button has no place, or where words are names.
CLOSED = {"a", "button", "summary", "h1", "h2", "h3", "h4", "h5", "h6", "svg", "script", "style", "textarea", "dt"} | {
    "caption",
    "th",
}
# The glossary is in one language: text that says that it is in another is left alone.
LANGUAGE = re.compile(r'\slang="([^"]+)"')


class Within:
    """How deep a text stands in elements where no word is explained, and in one that is in another language."""

    def __init__(self):
        self.closed = self.foreign = 0
        self.foreign_name = ""

    def pass_tag(self, tag):
        found = NAME.match(tag)
        if not found or tag.endswith("/>"):
            return
        name, step = found[1].lower(), -1 if tag.startswith("</") else 1
        if name in CLOSED:
            self.closed = max(self.closed + step, 0)
        if self.foreign:
            self.foreign += step * (name == self.foreign_name)
        elif (language := LANGUAGE.search(tag)) and language[1] != settings.LANGUAGE_CODE:
            self.foreign, self.foreign_name = 1, name


class Lexicon:
    """The words of one page, looked up once; every explanation gets a number of its own."""

    def __init__(self, words):
        self.by_spelling = {spelling.lower(): word for word in words for spelling in word.spellings}
        spellings = sorted(self.by_spelling, key=len, reverse=True)
        pattern = "|".join(re.escape(spelling) for spelling in spellings)
        self.pattern = re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE) if spellings else None
        self.count = 0

    def explain(self, html):
        """The same text, with the first of each word explained."""
        if self.pattern is None:
            return html
        seen, parts, within = set(), [], Within()
        for part in TAG.split(html):
            if part.startswith("<"):
                within.pass_tag(part)
                parts.append(part)
            else:
                is_open = not within.closed and not within.foreign
                parts.append(self.pattern.sub(lambda found: self._first(found[0], seen), part) if is_open else part)
        return "".join(parts)

    def _first(self, text, seen):
        word = self.by_spelling[text.lower()]
        if word.pk in seen:
            return text
        seen.add(word.pk)
        self.count += 1
        context = {"text": mark_safe(text), "word": word, "number": self.count}  # noqa: S308 -- a piece of escaped html
        return render_to_string("components/word.html", context).strip()


def lexicon_of(request):
    """The glossary of the request's site, asked for once a request; it is empty on a page in another language."""
    if not hasattr(request, "lexicon"):
        is_ours = get_language() in (None, settings.LANGUAGE_CODE)
        request.lexicon = Lexicon(Word.objects.for_site(Site.find_for_request(request)) if is_ours else ())
    return request.lexicon


class ExplainedNode(template.Node):
    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        return lexicon_of(context["request"]).explain(self.nodelist.render(context))


@register.tag
def explained(parser, token):
    """Explain the words of the glossary within: the first of each."""
    nodelist = parser.parse(("endexplained",))
    parser.delete_first_token()
    return ExplainedNode(nodelist)
