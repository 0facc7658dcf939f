"""From clauses to tantivy's query objects. No text is ever parsed there, so none can be a syntax error.

Every clause is asked of what decides whether a paper matches, which adds next to nothing to its score, and of the fields,
which say how well. Where only the number of matches or their days count, the second half is left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from tantivy import Occur, Query, Schema

from app.search.clauses import words_in_a_row
from app.search.embedded.schema import BOOSTS, OPENED, is_opening, opening
from app.search.question import Clause, Compound, Field, HanRun, Phrase, Prefix, Word

FOUND_SCORE = 0.1
"""What it says that a word is there at all, so that papers found by little else still go by their days."""
FIELDS: Mapping[Field, tuple[str, ...]] = {
    Field.TITLE: ("title",),
    Field.AUTHOR: ("authors",),
    Field.ABSTRACT: ("abstract",),
    Field.SUMMARY: ("summary", "key_points"),
    Field.NOTE: ("analysis",),
}
"""Where the words behind a name stand in the index."""
_TIE_BREAKER = 0.1
"""What a match in a second field adds to the best one."""
_LIKE_BOOST = 0.3
"""A word that is only like the one that was asked for, or means the same."""


class Near(Protocol):
    """Knows the words like one that is hardly ever written so; none for a word that is found often enough."""

    def __call__(self, word: str, *, is_open: bool = False) -> Sequence[str]: ...


class Wording:
    """Clauses asked of some fields of the index. With all of them, the field `all` says cheaply what matches."""

    def __init__(self, schema: Schema, near: Near, fields: Sequence[str] | None = None) -> None:
        self._schema, self._near = schema, near
        self._boosts = BOOSTS if fields is None else {name: BOOSTS[name] for name in fields}
        self._decisive = ("all",) if fields is None else tuple(fields)
        self._short = OPENED if fields is None else tuple(fields)

    def clause(self, clause: Clause, *, is_scored: bool) -> Query:
        """The papers that a clause holds for, and if it is scored, how well."""
        match clause:
            case Word(text, is_exact):
                return self._word(text, () if is_exact else self._near(text), is_scored)
            case Prefix(text):
                near = self._near(text, is_open=True)
                return self._word(text, near, is_scored) if near else self._prefix(text, is_scored)
            case Compound():
                return self._compound(clause, is_scored)
            case HanRun(characters):
                return self._han(characters, is_scored)
            case Phrase(words, is_open):
                return self._phrases(words, is_open=is_open)

    def like(self, clauses: Iterable[Clause], *, is_scored: bool) -> list[Query]:
        """The same for clauses that mean what was asked, and count for less."""
        return [Query.boost_query(self.clause(clause, is_scored=is_scored), _LIKE_BOOST) for clause in clauses]

    def phrase(self, name: str, words: Sequence[str], boost: float) -> Query:
        """Words in a row, in one field."""
        return Query.boost_query(Query.phrase_query(self._schema, name, list(words)), boost)

    def term(self, name: str, value: str) -> Query:
        """One exact value of a field."""
        return Query.term_query(self._schema, name, value, index_option="freq")

    def _word(self, text: str, near: Sequence[str], is_scored: bool) -> Query:
        exact = with_rank(self._any(text), self._best_term(text), is_scored)
        return best([exact, *self.like(map(Word, near, [True] * len(near)), is_scored=is_scored)]) if near else exact

    def _prefix(self, text: str, is_scored: bool) -> Query:
        starting = [self._starting(name, text, self._boosts[name]) for name in self._short]
        found = best([self._starting(name, text, FOUND_SCORE) for name in self._decisive])
        return with_rank(found, best([self._best_term(text), *starting]), is_scored)

    def _compound(self, compound: Compound, is_scored: bool) -> Query:
        """Joined or in a row. While its last word is being typed, that may stand anywhere: too many could follow."""
        *known, last = compound.words
        if not compound.is_open:
            apart = self._phrases(compound.words)
        else:
            apart = all_of([self.clause(_in_a_row(known), is_scored=is_scored), self._prefix(last, is_scored)])
        if not compound.joined:
            return apart
        if compound.is_open:
            return best([apart, self._prefix(compound.joined, is_scored)])
        return best([apart, self._word(compound.joined, (), is_scored)])

    def _han(self, characters: str, is_scored: bool) -> Query:
        match len(characters):
            case 1:
                starting = [self._pattern(name, characters + ".?", self._boosts[name]) for name in self._short]
                found = self._any(characters) if self._decisive == ("all",) else best(starting)
                return with_rank(found, best(starting), is_scored)
            case 2:
                return with_rank(self._any(characters), self._best_term(characters), is_scored)
            case _:
                words = words_in_a_row(characters).words
                return self._phrases(words[:-1])

    def _phrases(self, words: Sequence[str], *, is_open: bool = False) -> Query:
        """In one field or another. First of all every word must be there at all, which is soon said."""
        if is_open and len(words[-2]) == 2 and words[-2][1] == words[-1]:
            words, is_open = words[:-1], False  # The end of a Han run of two or more: the pair before says it already.
        if len(words) == 1:
            return self._word(words[0], (), is_scored=True)
        known = words[:-1] if is_open else words
        make = self._open_phrase if is_open else self.phrase
        rows = [make(name, words, boost) for name, boost in self._boosts.items()]
        return all_of([*map(self._any, dict.fromkeys(known)), best(rows)])

    def _open_phrase(self, name: str, words: Sequence[str], boost: float) -> Query:
        """Words are letters and digits only, so that they mean themselves in a pattern."""
        patterns: list[str | tuple[int, str]] = [*words[:-1], words[-1] + ".?"]
        return Query.boost_query(Query.regex_phrase_query(self._schema, name, patterns), boost)

    def _any(self, word: str) -> Query:
        found = [Query.const_score_query(self.term(name, word), FOUND_SCORE) for name in self._decisive]
        return found[0] if len(found) == 1 else best(found)

    def _best_term(self, word: str) -> Query:
        return best(Query.boost_query(self.term(name, word), boost) for name, boost in self._boosts.items())

    def _starting(self, name: str, beginning: str, score: float) -> Query:
        """Words are letters and digits only, so that they mean themselves in a pattern."""
        if is_opening(beginning) and name in ("all", *OPENED):
            return Query.const_score_query(self.term("opening", opening(name, beginning)), score)
        return self._pattern(name, beginning + ".*", score)

    def _pattern(self, name: str, pattern: str, score: float) -> Query:
        return Query.const_score_query(Query.regex_query(self._schema, name, pattern), score)


def _in_a_row(words: Sequence[str]) -> Clause:
    return Word(words[0], is_exact=True) if len(words) == 1 else Phrase(tuple(words))


def with_rank(matching: Query, ranking: Query, is_scored: bool) -> Query:
    """What must hold, and what may hold besides and says how well."""
    if not is_scored:
        return matching
    return Query.boolean_query([(Occur.Must, matching), (Occur.Should, ranking)])


def best(queries: Iterable[Query]) -> Query:
    """At least one of them; the best says how well."""
    return Query.disjunction_max_query(list(queries), tie_breaker=_TIE_BREAKER)


def all_of(queries: Sequence[Query]) -> Query:
    """Every one of them."""
    if not queries:
        return Query.all_query()
    return Query.boolean_query([(Occur.Must, query) for query in queries])
