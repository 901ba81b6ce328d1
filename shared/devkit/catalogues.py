"""The catalogues of all sentences: extract, list what is missing, fill in, compile, check.

    python -m shared.devkit.catalogues update [CATALOGUE]          take new sentences from the code, drop gone ones
    python -m shared.devkit.catalogues missing CATALOGUE LOCALE    JSON of what has no translation yet
    python -m shared.devkit.catalogues fill CATALOGUE LOCALE FILE  put the translations of such a JSON file in
    python -m shared.devkit.catalogues compile [CATALOGUE]         make the .mo files that the platform reads
    python -m shared.devkit.catalogues check [CATALOGUE]           say what is missing or wrong; exit code 1 if anything

CATALOGUE is `shared` or a service. Source sentences are English, so English has no catalogue. A sentence that the
shared catalogue holds is translated once, there. In JSON a sentence with a plural has the key `one || many` and a list
of forms, as many as the language has.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
LOCALES = ("de", "de@einfach", "tr", "ar")
SHARED = "shared"

_METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("**/templates/**.txt", "jinja2")]
_OPTIONS = {"**/templates/**": {"silent": "false", "trimmed": "true", "newstyle_gettext": "true"}}
_LAZY = {"_l": None, "lazy_gettext": None, "lazy_ngettext": (1, 2), "lazy_pgettext": ((1, "c"), 2)}
_KEYWORDS = DEFAULT_KEYWORDS | _LAZY
_PASSED_OVER = frozenset({"node_modules", "static", "translations", "migrations", "__pycache__"})
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
#: Lines of a header that change with every run and would make every difference noisy.
_NOISE = re.compile(
    rb'^"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Report-Msgid-Bugs-To'
    rb"|Project-Id-Version):.*\n",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Source:
    """One catalogue: the folders whose sentences it holds, and where its files lie."""

    name: str
    folders: tuple[Path, ...]
    translations: Path

    def file(self, locale: str) -> Path:
        """The catalogue's file in one language."""
        return self.translations / locale / "LC_MESSAGES" / "messages.po"


def sources() -> dict[str, Source]:
    """All catalogues by name: the shared one first, then one per service."""
    shared = ROOT / "shared"
    found = {SHARED: Source(SHARED, (shared / "web", shared / "ui", shared / "mail"), shared / "ui" / "translations")}
    for folder in sorted((ROOT / "services").iterdir()):
        if (folder / "__init__.py").is_file():
            found[folder.name] = Source(folder.name, (folder,), folder / "translations")
    return found


def template_of(source: Source) -> Catalog:
    """All sentences in the code of one catalogue, without those that the shared one already holds."""
    template = _extracted(source)
    if source.name != SHARED:
        for message in list(_extracted(sources()[SHARED])):
            if message.id:
                template.delete(message.id, message.context)
    return template


def _extracted(source: Source) -> Catalog:
    template = Catalog(charset="utf-8")
    for folder in source.folders:
        found = extract_from_dir(
            folder,
            method_map=_METHODS,
            options_map=_OPTIONS,
            keywords=_KEYWORDS,
            comment_tags=("NOTE:",),
            strip_comment_tags=True,
            directory_filter=lambda path: Path(path).name not in _PASSED_OVER,
        )
        for filename, line, message, comments, context in found:
            where = (folder / filename).relative_to(ROOT).as_posix()
            template.add(message, None, [(where, line)], auto_comments=comments, context=context)
    return template


def read(source: Source, locale: str) -> Catalog:
    """The catalogue as it lies on disk; empty if there is none yet."""
    path = source.file(locale)
    if not path.is_file():
        return Catalog(locale=locale, charset="utf-8", fuzzy=False)
    with path.open("rb") as stream:
        return read_po(stream, locale=locale, charset="utf-8")


def write(source: Source, locale: str, catalog: Catalog) -> None:
    """Writes sorted, with files but no line numbers and no dates, so that a difference shows sentences only."""
    catalog.header_comment = f"# Sentences of {source.name} in {locale}."
    catalog.fuzzy = False
    stream = BytesIO()
    write_po(stream, catalog, width=120, sort_output=True, ignore_obsolete=True, include_lineno=False)
    path = source.file(locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_NOISE.sub(b"", stream.getvalue()))


def update(source: Source) -> None:
    """Takes new sentences in and drops those that the code no longer has; nothing is guessed."""
    template = template_of(source)
    for locale in LOCALES:
        catalog = read(source, locale)
        catalog.update(template, no_fuzzy_matching=True)
        write(source, locale, catalog)


def key_of(message: Message) -> str:
    """How a sentence is named in JSON."""
    sentence = " || ".join(message.id) if isinstance(message.id, tuple | list) else message.id
    return f"{message.context} >> {sentence}" if message.context else sentence


def _sentences(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _is_translated(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def missing(source: Source, locale: str) -> dict[str, str | list[str]]:
    """What has no translation yet, ready to be filled in."""
    catalog = read(source, locale)
    return {
        key_of(message): [""] * catalog.num_plurals if message.pluralizable else ""
        for message in _sentences(catalog)
        if not _is_translated(message)
    }


def fill(source: Source, locale: str, given: dict[str, str | list[str]]) -> list[str]:
    """Puts translations in and says which were refused: unknown sentences, wrong placeholders or forms."""
    catalog = read(source, locale)
    known = {key_of(message): message for message in _sentences(catalog)}
    refused = [f"unknown sentence: {key}" for key in given if key not in known]
    for key, string in given.items():
        if not string or key not in known:
            continue
        message = known[key]
        faults = list(_faults(message, string, catalog.num_plurals))
        refused += [f"{key}: {fault}" for fault in faults]
        if not faults:
            message.string = tuple(string) if isinstance(string, list) else string
    write(source, locale, catalog)
    return refused


def _faults(message: Message, string: str | Sequence[str], num_plurals: int) -> Iterator[str]:
    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    strings = (string,) if isinstance(string, str) else string
    if len(strings) != (num_plurals if message.pluralizable else 1):
        yield f"{len(strings)} forms instead of {num_plurals if message.pluralizable else 1}"
    wanted = {name for sentence in ids for name in _PLACEHOLDER.findall(sentence)}
    for sentence in strings:
        given = set(_PLACEHOLDER.findall(sentence))
        # A plural form may say "one" in words; it must not invent a fact.
        if given != wanted and not (message.pluralizable and given < wanted):
            yield f"placeholders {sorted(given)} instead of {sorted(wanted)}"


def compile_catalogue(source: Source) -> None:
    """Makes the .mo files beside the .po files."""
    for locale in LOCALES:
        path = source.file(locale)
        if path.is_file():
            with path.with_suffix(".mo").open("wb") as stream:
                write_mo(stream, read(source, locale))


def problems(*names: str) -> list[str]:
    """Everything that is wrong with the catalogues, one line each; empty when all is well."""
    found: list[str] = []
    for source in sources().values():
        if names and source.name not in names:
            continue
        template: set[tuple[object, str | None]] = {
            (message.id, message.context) for message in _sentences(template_of(source))
        }
        for locale in LOCALES:
            found += (f"{source.name} {locale}: {problem}" for problem in _problems_of(read(source, locale), template))
    return found


def _problems_of(catalog: Catalog, template: Set[tuple[object, str | None]]) -> Iterator[str]:
    known = {(message.id, message.context) for message in _sentences(catalog)}
    yield from (f"not in the catalogue (run update): {sentence!r}" for sentence, _ in template - known)
    yield from (f"no longer in the code (run update): {sentence!r}" for sentence, _ in known - template)
    for message in _sentences(catalog):
        if not _is_translated(message):
            yield f"not translated: {key_of(message)!r}"
            continue
        if message.fuzzy:
            yield f"fuzzy: {key_of(message)!r}"
        yield from (
            f"{fault}: {key_of(message)!r}" for fault in _faults(message, message.string or "", catalog.num_plurals)
        )


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("update", "compile", "check"):
        commands.add_parser(name).add_argument("catalogue", nargs="?", choices=sources())
    for name in ("missing", "fill"):
        command = commands.add_parser(name)
        command.add_argument("catalogue", choices=sources())
        command.add_argument("locale", choices=LOCALES)
    command.add_argument("file", type=Path)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; 1 when something is wrong with the sentences."""
    given = _arguments().parse_args(arguments)
    chosen = [sources()[given.catalogue]] if given.catalogue else list(sources().values())
    lines: list[str] = []
    if given.command == "update":
        for source in chosen:
            update(source)
    elif given.command == "compile":
        for source in chosen:
            compile_catalogue(source)
    elif given.command == "missing":
        print(json.dumps(missing(chosen[0], given.locale), ensure_ascii=False, indent=2))
    elif given.command == "fill":
        lines = fill(chosen[0], given.locale, json.loads(given.file.read_text("utf-8")))
    else:
        lines = problems(*(source.name for source in chosen))
    print(*lines, sep="\n", end="\n" if lines else "", file=sys.stderr)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
