"""The Chinese of the product is complete, and the check for it finds what is missing."""

from __future__ import annotations

import gettext
import io

from tests.gate import catalogue, messages
from tests.gate.catalogue import Entry, Key


def entries_of(tmp_path, words):
    path = tmp_path / "area.po"
    path.write_text(words, encoding="utf-8")
    return catalogue.read(path)


def test_a_fragment_is_read_with_context_plural_and_lines(tmp_path):
    entries = entries_of(
        tmp_path,
        '# a note\nmsgid "Save"\nmsgstr "保存"\n\nmsgctxt "verb"\nmsgid "Open"\nmsgstr "打开"\n'
        'msgid "%(n)s unit"\nmsgid_plural "%(n)s units"\nmsgstr[0] "%(n)s 户"\n'
        'msgid ""\n"Two "\n"lines\\n"\nmsgstr "两行\\n"\n',
    )

    assert [(entry.key, entry.translation) for entry in entries] == [
        (Key("Save"), "保存"),
        (Key("Open", context="verb"), "打开"),
        (Key("%(n)s unit", "%(n)s units"), "%(n)s 户"),
        (Key("Two lines\n"), "两行\n"),
    ]


def test_what_is_compiled_is_what_gettext_reads(tmp_path):
    entries = entries_of(
        tmp_path,
        'msgid "Save"\nmsgstr "保存"\nmsgctxt "verb"\nmsgid "Open"\nmsgstr "打开"\n'
        'msgid "unit"\nmsgid_plural "units"\nmsgstr[0] "户"\n',
    )

    read = gettext.GNUTranslations(io.BytesIO(catalogue.compiled(entries)))

    assert read.gettext("Save") == "保存"
    assert read.pgettext("verb", "Open") == "打开"
    assert read.ngettext("unit", "units", 5) == "户"


def test_the_text_form_reads_back_as_it_was(tmp_path):
    entries = (Entry(Key('Say "no"\n', context="a"), "说“不”\n", "x"),)
    path = tmp_path / "django.po"
    path.write_text(catalogue.text(entries), encoding="utf-8")

    assert [(one.key, one.translation) for one in catalogue.read(path)] == [
        (entries[0].key, entries[0].translation)
    ]


def test_sentences_are_found_in_modules_and_templates():
    module = 'x = _("One")\ny = ngettext("a", "b", n)\nz = pgettext_lazy("c", "Two")\nw = _(name)\n'
    template = (
        '{% load i18n %}{% translate "Three" %}{% translate "Four" context "c" %}'
        "{% blocktranslate trimmed with n=n %}\n  It's {{ n }}\n  five\n{% endblocktranslate %}"
        "{% blocktranslate count n=n %}one{% plural %}{{ n }} many{% endblocktranslate %}"
    )

    assert set(messages.in_python(module)) == {Key("One"), Key("a", "b"), Key("Two", context="c")}
    assert set(messages.in_template(template)) == {
        Key("Three"),
        Key("Four", context="c"),
        Key("It's %(n)s five"),
        Key("one", "%(n)s many"),
    }


def test_every_kind_of_fault_is_named():
    entries = (
        Entry(Key("Save"), "保存", "a.po:1"),
        Entry(Key("Save"), "存储", "b.po:1"),
        Entry(Key("%(n)s rows"), "行", "a.po:2"),
        Entry(Key("Yes, go"), "是,继续", "a.po:3"),
    )

    said = "\n".join(messages.faults(entries, {Key("Never translated"): "x.html"}))

    assert "disagree on “Save”" in said
    assert "a.po:2: other placeholders" in said
    assert "a.po:3: half-width punctuation" in said
    assert "x.html: no Chinese for “Never translated”" in said


def test_a_catalogue_without_fault_is_left_in_peace():
    entries = (Entry(Key("%(n)s rows, done"), "%(n)s 行，完成", "a.po:1"),)

    assert list(messages.faults(entries, {Key("%(n)s rows, done"): "x.html"})) == []
