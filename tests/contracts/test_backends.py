"""What every search backend promises, asked of every module of the folder."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from intranet.search.parsing import parse_query
from intranet.search.port import SCHEMA_VERSION, Document, Hits, IndexUnusable, SearchBackend, Stamp

MEMBERS = frozenset({"members"})


def doc(key: str, body: str = "", **values: object) -> Document:
    fields: dict[str, object] = {
        "kind": "page", "title": f"Titre {key}", "url": f"/{key}", "audience": "members",
    }  # fmt: skip
    return Document(key=key, body=body, **(fields | values))  # type: ignore[arg-type]


def ask(backend: SearchBackend, text: str, audiences: frozenset[str] = MEMBERS) -> list[str]:
    return [hit.key for hit in backend.find(parse_query(text), audiences).hits]


def answer(backend: SearchBackend, text: str, audiences: frozenset[str] = MEMBERS) -> Hits:
    return backend.find(parse_query(text), audiences)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("une décision", "decision"),
        ("une decision", "décision"),
        ("de\u0301cision", "décision"),
        ("une œuvre", "oeuvre"),
        ("l’assemblée", "assemblee"),
        ("L'ASSEMBLÉE", "l´assemblee"),
        ("clôture d´exercice", "exercice"),
        ("aujourd’hui", "aujourd'hui"),
        ("deux vélos", "vélo"),
        ("égalités", "egalite"),
        ("les congés payés", "congé"),
        ("chaque associé·e·s", "associés"),
        ("chaque associé·e·s", "associée"),
        ("les salarié•e•s", "salariée"),
        ("tou.te.s sociétaires", "sociétaire"),
        ("élu(e)s", "élue"),
        ("élues", "élu"),
        ("un texte voté", "vote"),
        ("coopérateur·rice·s", "coopératrice"),
        ("qualiﬁer", "qualifier"),
        ("asso\u00adcié", "associé"),
        ("3\u202f000 €", "3000"),
        ("3000 euros", "3 000"),
        ("12\u00a0% du capital", "12%"),
        ("n° 12", "n°12"),
        ("art. 4-1", "4-1"),
        ("SCOP-2024-017", "scop-2024-017"),
        ("SCOP-2024-017", "2024-017"),
        ("SCOP-2024-017", "017"),
        ("voting rights", "vote"),
        ("le télétravail", "teletravail"),
        ("salarié.e.s", "salarie"),
        ("les tou·te·s", "tous"),
        ("adhérent(e)s", "adhérente"),
        ("3\u00a0000\u00a0€", "3 000 €"),
        ("n°\u202f12", "n° 12"),
        ("article 4-1", "art 4-1"),
        ("lʼexercice", "exercice"),
        ("ex æquo", "aequo"),
        ("le vote secret", "vote-secret"),
    ],
)
def test_s4_a_word_is_found_however_it_is_written(
    backend: SearchBackend, written: str, typed: str
) -> None:
    language = "en" if "voting" in written else "fr"
    noise = [doc("noise", "rien de commun ici")]
    backend.upsert([doc("wanted", f"Début {written} fin.", language=language), *noise])
    result = answer(backend, typed)
    assert [hit.key for hit in result.hits] == ["wanted"]
    assert any(is_match for _, is_match in result.hits[0].snippet)


def test_all_the_words_are_required_and_may_stand_anywhere(backend: SearchBackend) -> None:
    backend.upsert([doc(f"both{i}", "le vélo de fonction") for i in range(3)])
    backend.upsert([doc("one", "le vélo seul")])
    assert set(ask(backend, "fonction velo")) == {"both0", "both1", "both2"}


def test_where_all_the_words_find_little_some_are_enough_and_come_after(
    backend: SearchBackend,
) -> None:
    backend.upsert([doc("one", "le vélo, le vélo"), doc("both", "le vélo au parking " * 3)])
    result = answer(backend, "velo parking")
    assert [hit.key for hit in result.hits] == ["both", "one"]
    assert result.total == 2
    assert result.hint is not None
    assert result.hint.code == "some_words"


def test_one_wrong_letter_is_forgiven(backend: SearchBackend) -> None:
    backend.upsert([doc("wanted", "accueil des sympathisants"), doc("noise", "autre chose")])
    for typed in ("sympatisant", "sympathisamt", "symmpathisant", "sypmathisant"):
        result = answer(backend, typed)
        assert [hit.key for hit in result.hits] == ["wanted"], typed
        assert result.hint is not None
        assert result.hint.code == "similar_words"


def test_two_wrong_letters_are_forgiven_in_a_long_word_and_what_was_meant_is_said(
    backend: SearchBackend,
) -> None:
    backend.upsert([doc("wanted", "La rémunération des associé·e·s."), doc("noise", "autre chose")])
    assert ask(backend, "remunerattion associes")[:1] == ["wanted"]
    result = answer(backend, "rénumération")
    assert [hit.key for hit in result.hits] == ["wanted"]
    assert result.hint is not None
    assert result.hint.meant == "rémunération"
    assert ask(backend, "vls") == []


def test_letters_are_forgiven_by_the_length_of_a_word_and_only_where_exact_finds_nothing(
    backend: SearchBackend,
) -> None:
    names = ("sac", "parc", "tombola", "règlement")
    backend.upsert([doc(name, f"un {name} ici") for name in names])
    forgiven = {"sec": [], "porc": ["parc"], "torc": [], "tumbola": ["tombola"], "tumbole": []}
    forgiven |= {"reglimant": ["règlement"], "riglimant": []}
    assert {typed: ask(backend, typed) for typed in forgiven} == forgiven
    backend.upsert([doc("slip", "un porc ici")])
    result = answer(backend, "porc")
    assert ([hit.key for hit in result.hits], result.hint) == (["slip"], None)


def test_s7_what_was_meant_is_never_told_from_what_may_not_be_read(
    backend: SearchBackend,
) -> None:
    backend.upsert([doc("closed", "un licenciement", audience="circle:7"), doc("open", "autre")])
    result = answer(backend, "licensiement")
    assert (result.total, result.hits, result.facets) == (0, (), ())
    assert result.hint is None or result.hint.meant == ""
    backend.upsert([doc("near", "un licencement", audience="members")])
    assert ask(backend, "licenciement") == ["near"]


def test_a_word_is_answered_by_what_the_cooperative_also_calls_it(backend: SearchBackend) -> None:
    backend.upsert(
        [
            doc("short", "convoquer l’AG chaque année"),
            doc("long", "l’assemblée générale se réunit"),
            doc("one", "une assemblée de quartier"),
        ]
    )
    names = (("AG", "assemblée générale"),)
    for typed in ("AG", "assemblée générale", "assemblee generale"):
        query = replace(parse_query(typed), synonyms=names)
        keys = [hit.key for hit in backend.find(query, MEMBERS).hits]
        assert set(keys[:2]) == {"short", "long"}, typed
    marked = backend.find(replace(parse_query("AG"), synonyms=names), MEMBERS).hits
    assert all(any(flag for _, flag in hit.snippet) for hit in marked)


def test_results_are_counted_by_what_may_be_seen_of_them(backend: SearchBackend) -> None:
    backend.upsert(
        [
            doc("a", "vélo", tags=("Mobilité",), labels=(("author", "Awa Diop"),)),
            doc("b", "vélo", tags=("Mobilité", "Paie, primes"), kind="decision", state="in_force"),
            doc("c", "vélo", tags=("Secret",), audience="circle:7"),
            doc("d", "autre", tags=("Mobilité",)),
        ]
    )
    found = backend.find(parse_query("velo"), MEMBERS, facets=True).facets
    counts = {(facet.name, facet.words): facet.count for facet in found}
    assert counts == {
        ("kind", "page"): 1, ("kind", "decision"): 1, ("state", "in_force"): 1,
        ("tag", "Mobilité"): 2, ("tag", "Paie, primes"): 1, ("author", "Awa Diop"): 1,
    }  # fmt: skip
    assert ask(backend, 'tag:"paie, primes"') == ["b"]
    assert ask(backend, 'author:"awa diop"') == ["a"]
    assert backend.find(parse_query("velo"), MEMBERS).facets == ()


def test_labels_narrow_and_hidden_documents_are_nowhere(backend: SearchBackend) -> None:
    backend.upsert(
        [
            doc("a", "vélo", labels=(("body", "AG"), ("in", "Règlement intérieur"))),
            doc("b", "vélo", labels=(("body", "CSE"),), dated_on=date(2022, 5, 1)),
        ]
    )
    assert ask(backend, "velo body:ag") == ["a"]
    assert ask(backend, 'dans:"reglement interieur"') == ["a"]
    assert ask(backend, "velo année:2022") == ["b"]
    query = replace(parse_query("velo"), hidden=frozenset({"a"}))
    result = backend.find(query, MEMBERS, facets=True)
    assert (result.total, [hit.key for hit in result.hits]) == (1, ["b"])
    assert {facet.count for facet in result.facets} == {1}


def test_earlier_wordings_are_found_by_whoever_asks_for_them(backend: SearchBackend) -> None:
    backend.upsert([doc("now", "le vélo"), doc("then", "le vélo", kind="wording")])
    assert ask(backend, "velo") == ["now"]
    assert ask(backend, "velo kind:wording") == ["then"]


def test_a_result_leads_to_the_heading_above_its_passage(backend: SearchBackend) -> None:
    filler = "texte sans rapport " * 40
    body = f"Préambule {filler} Congés {filler} on pose ses jours ensemble {filler} Paie {filler}"
    backend.upsert([doc("a", body, headings=("Congés", "Paie"), anchors=("conges", "paie"))])
    for typed, anchor in (("jours ensemble", "#conges"), ("paie", "#paie"), ("préambule", "")):
        assert answer(backend, typed).hits[0].url == f"/a{anchor}", typed


def test_a_phrase_binds_its_words_over_stop_words(backend: SearchBackend) -> None:
    backend.upsert(
        [doc("yes", "fixer l’ordre du jour ici"), doc("no", "un jour, mettre de l'ordre")]
    )
    assert ask(backend, '"ordre du jour"') == ["yes"]
    assert ask(backend, "« ordre du jour »") == ["yes"]
    assert ask(backend, '"ordre du jour" introuvable') == []


def test_excluded_words_and_phrases(backend: SearchBackend) -> None:
    backend.upsert([doc("a", "le salaire et la prime"), doc("b", "le salaire et le vélo")])
    assert ask(backend, "salaire -prime") == ["b"]
    assert ask(backend, 'salaire -"le vélo"') == ["a"]
    assert ask(backend, "-prime") == ["b"]


def test_filters_narrow_alone_and_together(backend: SearchBackend) -> None:
    backend.upsert(
        [
            doc("p", "vélo", tags=("Mobilité", "Vie d'équipe"), dated_on=date(2021, 5, 3)),
            doc("d", "vélo", kind="decision", state="in_force", dated_on=date(2022, 12, 31)),
            doc("old", "vélo", kind="decision", state="superseded", dated_on=date(2020, 1, 1)),
        ]
    )
    assert set(ask(backend, "velo kind:decision")) == {"d", "old"}
    assert set(ask(backend, "velo kind:decision kind:page")) == {"p", "d", "old"}
    assert ask(backend, "tag:mobilite") == ["p"]
    assert ask(backend, 'tag:"vie d\'équipe" velo') == ["p"]
    assert ask(backend, "state:superseded") == ["old"]
    assert ask(backend, "velo from:2022") == ["d"]
    assert ask(backend, "velo to:2020") == ["old"]
    assert ask(backend, "from:01/05/2021 to:2022-12") == ["d", "p"]
    assert ask(backend, "velo kind:comment") == []
    assert ask(backend, "velo -kind:page -state:superseded") == ["d"]
    assert ask(backend, "-kind:decision") == ["p"]


def test_only_the_audiences_of_the_reader_find_a_document(backend: SearchBackend) -> None:
    backend.upsert(
        [
            doc("open", "budget prévisionnel", audience="everyone"),
            doc("closed", "budget confidentiel", audience="circle:7", tags=("secret",)),
        ]
    )
    everyone = frozenset({"everyone"})
    for typed in ("budget", "budget confidentiel", "confidentiel", "confidentiek", "tag:secret"):
        result = answer(backend, typed, everyone)
        assert result.total == len(result.hits), typed
        assert {hit.key for hit in result.hits} <= {"open"}, typed
    assert answer(backend, "budget", everyone).total == 1
    assert answer(backend, "confidentiel", everyone).total == 0
    assert answer(backend, "budget", frozenset()).total == 0
    assert answer(backend, "budget", frozenset({"everyone", "circle:7"})).total == 2


def test_a_right_taken_away_hides_at_once(backend: SearchBackend) -> None:
    backend.upsert([doc("a", "budget")])
    backend.upsert([doc("a", "budget", audience="circle:7")])
    assert ask(backend, "budget") == []


def test_upsert_replaces_and_the_old_words_are_gone(backend: SearchBackend) -> None:
    backend.upsert([doc("a", "ancien parapluie")])
    assert ask(backend, "parapluie") == ["a"]
    backend.upsert([doc("a", "nouvelle trottinette"), doc("b", "trottinette")])
    assert ask(backend, "parapluie") == []
    assert set(ask(backend, "trottinette")) == {"a", "b"}
    assert backend.count() == 2


def test_delete_forgets_and_ignores_unknown_keys(backend: SearchBackend) -> None:
    backend.upsert([doc("a", "vélo"), doc("b", "vélo")])
    backend.delete(["a", "never-there"])
    assert ask(backend, "velo") == ["b"]
    assert backend.count() == 1


def test_the_last_document_of_a_key_wins_within_one_update(backend: SearchBackend) -> None:
    backend.upsert([doc("a", "parapluie"), doc("a", "trottinette")])
    assert ask(backend, "parapluie") == []
    assert ask(backend, "trottinette") == ["a"]
    assert backend.count() == 1


def test_nothing_is_an_update_too(backend: SearchBackend) -> None:
    backend.upsert([])
    backend.delete([])
    assert backend.count() == 0
    assert ask(backend, "velo") == []


def test_a_failed_update_changes_nothing_and_lets_the_next_one_in(backend: SearchBackend) -> None:
    def broken() -> Iterator[Document]:
        yield doc("a", "vélo")
        raise RuntimeError("the row cannot be read")

    with pytest.raises(RuntimeError):
        backend.upsert(broken())
    assert backend.count() == 0
    backend.upsert([doc("b", "vélo")])
    assert ask(backend, "velo") == ["b"]


def test_a_failed_rebuild_leaves_the_index_in_use(backend: SearchBackend) -> None:
    def broken() -> Iterator[Document]:
        yield doc("new", "vélo")
        raise RuntimeError("the row cannot be read")

    backend.upsert([doc("a", "vélo")])
    with pytest.raises(RuntimeError):
        backend.replace_all(broken())
    assert ask(backend, "velo") == ["a"]


def test_a_rebuild_is_seen_whole_by_every_process(
    open_backend: Callable[[], SearchBackend],
) -> None:
    writer, reader = open_backend(), open_backend()
    writer.replace_all([doc("a", "vélo"), doc("gone", "vélo")])
    assert len(ask(reader, "velo")) == 2
    writer.replace_all([doc("a", "vélo"), doc("a", "trottinette"), doc("b", "trottinette")])
    assert set(ask(reader, "trottinette")) == {"a", "b"}
    assert ask(reader, "velo") == []
    assert reader.count() == 2


def test_readers_see_the_old_index_while_the_new_one_is_built(
    open_backend: Callable[[], SearchBackend],
) -> None:
    writer, reader = open_backend(), open_backend()
    writer.replace_all([doc("a", "vélo")])

    def rows() -> Iterator[Document]:
        yield doc("b", "vélo")
        assert ask(reader, "velo") == ["a"]
        yield doc("c", "vélo")

    writer.replace_all(rows())
    assert set(ask(reader, "velo")) == {"b", "c"}


def test_a_missing_index_is_said_so_until_it_is_built(
    open_backend: Callable[[], SearchBackend],
) -> None:
    fresh = open_backend()
    calls: list[Callable[[], object]] = [
        lambda: ask(fresh, "velo"),
        lambda: fresh.upsert([doc("a")]),
        lambda: fresh.delete(["a"]),
        fresh.count,
        fresh.stamp,
        lambda: fresh.set_stamp(1),
        fresh.optimise,
    ]
    for call in calls:
        with pytest.raises(IndexUnusable):
            call()
    fresh.replace_all([doc("a", "vélo")])
    assert ask(fresh, "velo") == ["a"]


def test_the_stamp_is_kept_and_a_rebuild_starts_without_one(
    open_backend: Callable[[], SearchBackend],
) -> None:
    first = open_backend()
    first.replace_all([])
    assert first.stamp() is None
    first.set_stamp(41)
    first.upsert([doc("a", "vélo")])
    first.set_stamp(42)
    assert open_backend().stamp() == Stamp(schema=SCHEMA_VERSION, event=42)
    first.replace_all([])
    assert open_backend().stamp() is None


def test_the_title_counts_more_than_headings_and_they_more_than_the_text(
    backend: SearchBackend,
) -> None:
    filler = "texte sans rapport " * 20
    backend.upsert(
        [
            doc("body", f"{filler} intéressement {filler}"),
            doc("heading", filler, headings=("Introduction", "Intéressement")),
            doc("title", filler, title="L’intéressement"),
        ]
    )
    assert ask(backend, "interessement") == ["title", "heading", "body"]


def test_neighbours_come_before_words_far_apart(backend: SearchBackend) -> None:
    filler = "autre texte " * 30
    backend.upsert(
        [
            doc("far", f"égalité {filler} salaires {filler}"),
            doc("near", f"{filler} égalité des salaires {filler}"),
            doc("far2", f"salaires {filler} égalité {filler}"),
        ]
    )
    assert ask(backend, "égalité salaires")[0] == "near"


def test_what_is_in_force_comes_before_what_it_replaced(backend: SearchBackend) -> None:
    backend.upsert(
        [
            doc("old", "forfait vélo", kind="decision", state="superseded"),
            doc("new", "forfait vélo", kind="decision", state="in_force"),
            doc("older", "forfait vélo", kind="decision", state="repealed"),
            doc("boosted", "forfait vélo", kind="decision", state="in_force", rank_boost=1.5),
        ]
    )
    assert ask(backend, "forfait velo") == ["boosted", "new", "old", "older"]


def test_a_document_reappears_as_it_was_given(backend: SearchBackend) -> None:
    given = doc(
        "a",
        "Texte & <b>gras</b>",
        title="Règle n° 1",
        tags=("Paie",),
        source="règles/un.md",
        kind="decision",
        state="in_force",
        dated_on=date(2024, 2, 29),
    )
    backend.upsert([given])
    hit = answer(backend, "gras").hits[0]
    assert "".join(text for text, _ in hit.title) == given.title
    assert "".join(text for text, _ in hit.snippet) == given.body
    assert (hit.kind, hit.url, hit.source, hit.state, hit.dated_on, hit.tags) == (
        "decision", "/a", "règles/un.md", "in_force", date(2024, 2, 29), ("Paie",),
    )  # fmt: skip


def test_pages_of_results_follow_each_other(backend: SearchBackend) -> None:
    backend.upsert([doc(f"k{i:02}", "vélo") for i in range(25)])
    seen: list[str] = []
    for start in (0, 10, 20, 30):
        result = backend.find(parse_query("velo"), MEMBERS, start)
        assert result.total == 25
        seen += [hit.key for hit in result.hits]
    assert sorted(seen) == [f"k{i:02}" for i in range(25)]
    assert backend.find(parse_query("velo"), MEMBERS, 10**9).hits == ()
    assert backend.find(parse_query("velo"), MEMBERS, -1).hits == ()


@pytest.mark.parametrize("stop", ["nous", "le la les", '"nous"', '"qui sommes nous"'])
def test_a_question_of_stop_words_is_still_a_question(backend: SearchBackend, stop: str) -> None:
    backend.upsert([doc("a", "qui sommes-nous et le la les"), doc("b", "autre chose")])
    assert ask(backend, stop) == ["a"]


HOSTILE = [
    "", " ", "*", "?", "a*", "-", "--", "-*", '"', '""', '"vote', 'vote"', 'a"b', "vote OR", "OR",
    "AND", "NOT", "vote AND", "(vote", "vote)", "((((", "[a TO b]", "{a", "vote~2", "vote^9",
    "l'ag", "vote-secret", "vote:secret", "kind:", "kind:nothing", "tag:", 'tag:"', "from:",
    "to:x",
    "from:2022-13-45", "from:0000", "to:99999", "state:", "SCOP-2024-017", "':*", "\\",
    "'a' & !'b'",
    "a & b | !c <-> d", "'; DROP TABLE search_document; --", "<script>alert(1)</script>", "%", "_",
    "(a+)+$" * 50, "\0", "vote\0secret", "\ud800", "🚲", "🚲 vélo", "\u202e", "\u0301",
    "a\u0301" * 50,
    "x" * 10_240, "vote " * 2_000, '"' * 999, "-a " * 500, "kind:page " * 300, "'" * 500, "\n\t\r",
    "1" * 5_000, "a-1-" * 300, "·e·s", "é" * 10_000, ":", "::", "a:b:c", "٣", "日本語", "ß",
    "\\' OR 1=1", ":A", "a:A", "b:*", "%(x)s", ":key", "{0}",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_s5_s6_nothing_anyone_types_is_an_error(hostile_backend: SearchBackend, typed: str) -> None:
    result = answer(hostile_backend, typed)
    assert result.total >= len(result.hits)
    assert answer(hostile_backend, f"{typed} velo").total >= 0


@pytest.fixture
def hostile_backend(backend: SearchBackend) -> SearchBackend:
    backend.upsert([doc("a", "un vote secret sur le vélo de l’AG"), doc("b", "vélo 🚲 日本語")])
    return backend


def test_hostile_documents_are_kept_and_found(backend: SearchBackend) -> None:
    backend.upsert(
        [
            doc("nul", "avant\0après vélo \ud800 fin", title="a\0b \ud800", tags=("x,y", "\0", "")),
            doc("quotes", "vélo ' '' \\ \\' : :1A & | ! <-> ()", title="'; --"),
            doc("long", "vélo " + "mot " * 60_000 + "z" * 100_000, title="t" * 5_000),
            doc("many", " ".join(f"mot{i}" for i in range(60_000)) + " vélo", title="vélo"),
            doc("empty", "", title=""),
        ]
    )
    assert set(ask(backend, "velo")) == {"nul", "quotes", "long", "many"}
    assert ask(backend, "mot123") == ["many"]
    assert backend.count() == 5


def test_many_updates_then_the_nightly_tidying(backend: SearchBackend) -> None:
    for i in range(30):
        backend.upsert([doc(f"k{i % 7}", f"vélo numéro {i}")])
    assert backend.count() == 7
    assert answer(backend, "velo").total == 7
    backend.optimise()
    assert answer(backend, "velo").total == 7
    assert ask(backend, "29") == ["k1"]


def test_one_writer_and_two_readers_at_once(open_backend: Callable[[], SearchBackend]) -> None:
    writer, shared, other = open_backend(), open_backend(), open_backend()
    writer.replace_all([doc("base", "vélo")])
    stop, failures = threading.Event(), []

    def read(reader: SearchBackend) -> None:
        while not stop.is_set():
            try:
                result = answer(reader, "velo")
                assert "base" in {hit.key for hit in result.hits}
            except BaseException as error:
                failures.append(error)
                return

    readers = [threading.Thread(target=read, args=(r,)) for r in (shared, shared, other)]
    for thread in readers:
        thread.start()
    try:
        for i in range(8):
            writer.upsert([doc(f"k{i % 3}", f"vélo {i}")])
        writer.replace_all([doc("base", "vélo"), doc("k0", "vélo"), doc("k1", "vélo")])
        writer.upsert([doc("k2", "vélo dernier")])
        writer.optimise()
    finally:
        stop.set()
        for thread in readers:
            thread.join()
    assert failures == []
    assert set(ask(shared, "velo")) == {"base", "k0", "k1", "k2"}


def test_two_writers_take_turns(open_backend: Callable[[], SearchBackend]) -> None:
    writers = [open_backend(), open_backend()]
    writers[0].replace_all([])
    failures = []

    def write(number: int) -> None:
        try:
            for i in range(5):
                writers[number].upsert([doc(f"{number}-{i}", "vélo")])
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(n,)) for n in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert writers[0].count() == 10
