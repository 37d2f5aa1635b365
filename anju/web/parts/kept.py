"""A template tag for what stands on page after page: rendered once for the same values, then kept.

`{% kept entries=shell.entries %}…{% endkept %}` renders its inside from the values named in it and
from nothing else, so that what is kept can depend on nothing that is not in its key. The language
is part of every key. A form belongs outside: its token is a page's own, and the tag refuses it.
"""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from typing_extensions import override

register = template.Library()
MOST = 500  # pieces of one place; beyond it they are made anew


class Kept(template.Node):
    """A piece of a page with what it was rendered to before."""

    def __init__(self, inside: NodeList, given: Mapping[str, FilterExpression]) -> None:
        self.nodelist = inside
        self.given = given
        self.made: dict[tuple[object, ...], SafeString] = {}

    @override
    def render(self, context: Context) -> SafeString:
        values = {name: one.resolve(context) for name, one in self.given.items()}
        key = (get_language(), *values.values())
        found = self.made.get(key)
        if found is None:
            found = self.nodelist.render(context.new(values))
            if len(self.made) >= MOST:
                self.made.clear()
            self.made[key] = found
        return found


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """Read `{% kept name=value … %}` up to `{% endkept %}`."""
    bits = token.split_contents()[1:]
    given = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError("kept takes name=value and nothing else")
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    if inside.get_nodes_by_type(CsrfTokenNode):
        raise template.TemplateSyntaxError("kept holds no form: a token belongs to one page")
    return Kept(inside, given)
