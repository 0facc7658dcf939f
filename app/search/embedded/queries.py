"""From a question to tantivy's query objects. No text is ever parsed there, so none can be a syntax error.

Every clause is asked of `all`, which says whether a paper matches and adds next to nothing to its score, and of the named
fields, which say how well. Where only the number of matches or their days count, the second half is left out.
"""

from collections.abc import Callable, Iterable, Sequence

from tantivy import Occur, Query, Schema

from app.search.asking import Clause, Compound, HanRun, Phrase, Prefix, Question, Word, words_in_a_row
from app.search.embedded.schema import BOOSTS, appearance_term, term
from app.search.embedded.spans import covering
from app.search.index import SearchQuery

_FOUND_SCORE = 0.1
"""What it says that a word is there at all, so that papers found by little else still go by their days."""
_SHORT_FIELDS = ("ids", "title", "authors", "tags", "summary")
"""Where beginnings of words are ranked: in long texts nearly every beginning is found."""
_TIE_BREAKER = 0.1
"""What a match in a second field adds to the best one."""
_WHOLE_TITLE_SCORE = 200.0
_TITLE_PHRASE_BOOST = 12.0


class Queries:
    """The queries of one schema."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def matching(self, question: Question, query: SearchQuery) -> Query:
        """Which papers: the clauses and the filters, without a score."""
        filters = self._filters(query)
        return _all_of([*(self._clause(clause, is_scored=False) for clause in question.clauses), *filters])

    def ranking(self, question: Question, query: SearchQuery) -> Query:
        """The same papers, with how well they match."""
        filters = [(Occur.Must, found) for found in self._filters(query)]
        clauses = [(Occur.Must, self._clause(clause, is_scored=True)) for clause in question.clauses]
        titles = [(Occur.Should, found) for found in self._titles(question)]
        return Query.boolean_query([*clauses, *filters, *titles])

    def _titles(self, question: Question) -> list[Query]:
        whole = self._term("whole_title", term(question.whole))
        words = question.whole.split()
        phrases = [self._phrase("title", words, _TITLE_PHRASE_BOOST)] if len(words) > 1 else []
        return [Query.const_score_query(whole, _WHOLE_TITLE_SCORE), *phrases]

    def _clause(self, clause: Clause, *, is_scored: bool) -> Query:
        match clause:
            case Word(text):
                return _with_rank(self._any(text), self._best_term(text), is_scored)
            case Prefix(text):
                return self._prefix(text, is_scored)
            case Compound():
                return self._compound(clause, is_scored)
            case HanRun(characters):
                return self._han(characters, is_scored)
            case Phrase(words, is_open):
                return self._phrases(words, is_open=is_open)

    def _prefix(self, text: str, is_scored: bool) -> Query:
        pattern = text + ".*"
        starting = [self._pattern(name, pattern, BOOSTS[name]) for name in _SHORT_FIELDS]
        found = self._pattern("all", pattern, _FOUND_SCORE)
        return _with_rank(found, _best([self._best_term(text), *starting]), is_scored)

    def _compound(self, compound: Compound, is_scored: bool) -> Query:
        """Joined or in a row. While its last word is being typed, that may stand anywhere: too many could follow."""
        *known, last = compound.words
        if not compound.is_open:
            apart = self._phrases(compound.words)
        else:
            apart = _all_of([self._clause(_in_a_row(known), is_scored=is_scored), self._prefix(last, is_scored)])
        if not compound.joined:
            return apart
        together = (Prefix if compound.is_open else Word)(compound.joined)
        return _best([apart, self._clause(together, is_scored=is_scored)])

    def _han(self, characters: str, is_scored: bool) -> Query:
        match len(characters):
            case 1:
                starting = [self._pattern(name, characters + ".?", BOOSTS[name]) for name in _SHORT_FIELDS]
                return _with_rank(self._any(characters), _best(starting), is_scored)
            case 2:
                return _with_rank(self._any(characters), self._best_term(characters), is_scored)
            case _:
                words = words_in_a_row(characters).words
                return self._phrases(words[:-1])

    def _phrases(self, words: Sequence[str], *, is_open: bool = False) -> Query:
        """In one field or another. First of all every word must be there at all, which is soon said."""
        if is_open and len(words[-2]) == 2 and words[-2][1] == words[-1]:
            words, is_open = words[:-1], False  # The end of a Han run of two or more: the pair before says it already.
        known = words[:-1] if is_open else words
        make = self._open_phrase if is_open else self._phrase
        return _all_of([*map(self._any, dict.fromkeys(known)), _best(self._over_fields(make, words))])

    def _over_fields(self, make: Callable[[str, Sequence[str], float], Query], words: Sequence[str]) -> list[Query]:
        return [make(name, words, boost) for name, boost in BOOSTS.items()]

    def _phrase(self, name: str, words: Sequence[str], boost: float) -> Query:
        return Query.boost_query(Query.phrase_query(self._schema, name, list(words)), boost)

    def _open_phrase(self, name: str, words: Sequence[str], boost: float) -> Query:
        """Words are letters and digits only, so that they mean themselves in a pattern."""
        patterns: list[str | tuple[int, str]] = [*words[:-1], words[-1] + ".?"]
        return Query.boost_query(Query.regex_phrase_query(self._schema, name, patterns), boost)

    def _any(self, word: str) -> Query:
        return Query.const_score_query(self._term("all", word), _FOUND_SCORE)

    def _best_term(self, word: str) -> Query:
        return _best(Query.boost_query(self._term(name, word), boost) for name, boost in BOOSTS.items())

    def _term(self, name: str, value: str | bool) -> Query:
        return Query.term_query(self._schema, name, value, index_option="freq")

    def _pattern(self, name: str, pattern: str, score: float) -> Query:
        return Query.const_score_query(Query.regex_query(self._schema, name, pattern), score)

    def _filters(self, query: SearchQuery) -> list[Query]:
        wanted = {
            "tag": query.tags,
            "author": query.authors,
            "quality": query.qualities,
            "appearance": _appearances(query),
        }
        terms = [(name, [term(value) for value in values]) for name, values in wanted.items() if values is not None]
        sets = [
            Query.term_set_query(self._schema, name, values) for name, values in terms if values or name == "appearance"
        ]
        if query.has_figures is not None:
            sets.append(self._term("has_figures", query.has_figures))
        return [_silent(found) for found in sets]


def _appearances(query: SearchQuery) -> list[str] | None:
    """The appearances asked for, as terms; None if any will do, and nothing if no day can."""
    if not query.topics and query.since is None and query.until is None:
        return None
    days = covering(query.since, query.until)
    return [appearance_term(day, topic) for day in days for topic in query.topics or ("",)]


def _in_a_row(words: Sequence[str]) -> Clause:
    return Word(words[0]) if len(words) == 1 else Phrase(tuple(words))


def _with_rank(matching: Query, ranking: Query, is_scored: bool) -> Query:
    if not is_scored:
        return matching
    return Query.boolean_query([(Occur.Must, matching), (Occur.Should, ranking)])


def _silent(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


def _best(queries: Iterable[Query]) -> Query:
    return Query.disjunction_max_query(list(queries), tie_breaker=_TIE_BREAKER)


def _all_of(queries: Sequence[Query]) -> Query:
    if not queries:
        return Query.all_query()
    return Query.boolean_query([(Occur.Must, query) for query in queries])
