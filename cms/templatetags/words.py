"""Explains the words of the glossary where they stand: {% explained %} … {% endexplained %} around rendered text.

The first time a word stands within the tag it becomes a button that opens its explanation: the browser's own popover,
which needs no script, follows the keyboard, closes with Escape, and stays out of the way of reading and printing.
"""

import re

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from wagtail.models import Site

from cms.models import Word

register = template.Library()

TAG = re.compile(r"(<[^>]*>)")
NAME = re.compile(r"</?\s*([a-zA-Z0-9]+)")
# Where a button has no place, or where words are names.
CLOSED = {"a", "button", "summary", "h1", "h2", "h3", "h4", "h5", "h6", "svg", "script", "style", "textarea", "dt"}


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
        seen, closed, parts = set(), 0, []
        for part in TAG.split(html):
            if part.startswith("<"):
                name = NAME.match(part)
                if name and name[1].lower() in CLOSED and not part.endswith("/>"):
                    closed = max(closed - 1, 0) if part.startswith("</") else closed + 1
                parts.append(part)
            else:
                parts.append(part if closed else self.pattern.sub(lambda found: self._first(found[0], seen), part))
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
    """The glossary of the request's site, asked for once a request."""
    if not hasattr(request, "lexicon"):
        request.lexicon = Lexicon(Word.objects.for_site(Site.find_for_request(request)))
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
