import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app import terms
from app.errors import InvalidInputError, NotFoundError
from app.models import Term, TermState, library_version
from app.terms import MinedGroup, MinedTerm
from app.terms.table import new_term
from tests.conftest import BOTH_STORES

pytestmark = BOTH_STORES


def add(database, *texts):
    with database.write() as session:
        return terms.add(session, texts)


def keep(database, *groups):
    with database.write() as session:
        return terms.keep(session, [MinedGroup(head, tuple(MinedTerm(*one) for one in rest)) for head, *rest in groups])


def decide(database, verb, term, other):
    with database.write() as session:
        getattr(terms, verb)(session, terms.find_group(session, term, other), other)


def accepted(database):
    with database.read() as session:
        return [set(group) for group in terms.accepted_groups(session)]


def states(database):
    with database.read() as session:
        return {(term.group_id, term.text): term.state for term in session.scalars(select(Term))}


def version(database):
    with database.read() as session:
        return library_version(session)


SPLATTING = ("Gaussian Splatting", ("高斯泼溅", 0.9), ("高斯分层", 0.4))


class TestDeciding:
    def test_terms_that_are_added_mean_the_same(self, database):
        add(database, "  Gaussian  Splatting", "高斯泼溅", "gaussian-splatting")
        assert accepted(database) == [{"gaussian-splatting", "高斯泼溅"}]

    def test_more_terms_join_the_group_of_one_that_is_known(self, database):
        assert add(database, "NeRF", "神经辐射场") == add(database, "nerf", "Neural Radiance Fields")
        assert accepted(database) == [{"NeRF", "神经辐射场", "Neural Radiance Fields"}]

    def test_a_term_of_two_groups_makes_them_one(self, database):
        add(database, "NeRF", "神经辐射场")
        add(database, "Neural Radiance Fields", "辐射场")
        add(database, "NeRF", "neural radiance fields")
        assert accepted(database) == [{"NeRF", "神经辐射场", "Neural Radiance Fields", "辐射场"}]

    @pytest.mark.parametrize("texts", [["NeRF"], ["NeRF", "nerf "], ["NeRF", "!?"], ["NeRF", "x" * 81], []])
    def test_what_says_nothing_is_refused(self, database, texts):
        with pytest.raises(InvalidInputError):
            add(database, *texts)
        assert states(database) == {}

    def test_a_term_that_was_added_can_be_removed_and_a_lonely_one_goes_with_it(self, database):
        add(database, "NeRF", "神经辐射场", "辐射场")
        decide(database, "remove", "NeRF", "辐射场")
        assert accepted(database) == [{"NeRF", "神经辐射场"}]
        decide(database, "remove", "NeRF", "神经辐射场")
        assert states(database) == {}

    def test_an_offer_is_accepted_or_rejected(self, database):
        keep(database, SPLATTING)
        assert accepted(database) == [{"Gaussian Splatting", "高斯泼溅"}]
        decide(database, "accept", "Gaussian Splatting", "高斯分层")
        assert accepted(database) == [{"Gaussian Splatting", "高斯泼溅", "高斯分层"}]
        decide(database, "reject", "Gaussian Splatting", "高斯分层")
        assert accepted(database) == [{"Gaussian Splatting", "高斯泼溅"}]

    def test_a_term_means_one_thing_only(self, database):
        add(database, "GS", "Gaussian Splatting")
        keep(database, ("Global Search", ("GS", 0.9)))
        with pytest.raises(InvalidInputError, match="Gaussian Splatting"):
            decide(database, "accept", "Global Search", "GS")
        assert accepted(database) == [{"GS", "Gaussian Splatting"}]

    def test_the_store_itself_keeps_a_key_from_being_accepted_twice(self, database):
        add(database, "GS", "Gaussian Splatting")
        with pytest.raises(IntegrityError), database.write() as session:
            session.add(new_term(77, "gs", "GS"))

    def test_what_is_in_no_group_cannot_be_decided_on(self, database):
        add(database, "NeRF", "神经辐射场")
        with pytest.raises(NotFoundError):
            decide(database, "accept", "NeRF", "高斯泼溅")
        with pytest.raises(NotFoundError), database.write() as session:
            terms.reject(session, 2**40, "NeRF")

    def test_readers_see_each_change(self, database):
        seen = [version(database)]
        for change in (
            lambda: add(database, "NeRF", "神经辐射场"),
            lambda: keep(database, SPLATTING),
            lambda: decide(database, "accept", "Gaussian Splatting", "高斯分层"),
            lambda: decide(database, "remove", "NeRF", "神经辐射场"),
        ):
            change()
            seen.append(version(database))
        assert sorted(set(seen)) == seen


class TestKeeping:
    def test_sure_terms_are_accepted_and_others_offered(self, database):
        result = keep(database, SPLATTING)
        assert (result.accepted, result.offered, result.decided) == (1, 1, 0)
        assert set(states(database).values()) == {"accepted", "offered"}

    def test_mining_again_changes_nothing(self, database):
        groups = [SPLATTING, ("NeRF", ("神经辐射场", 0.8))]
        keep(database, *groups)
        before, seen = states(database), version(database)
        keep(database, *groups)
        assert (states(database), version(database)) == (before, seen)

    def test_what_is_no_longer_found_goes_and_what_moved_moves(self, database):
        keep(database, ("NeRF", ("神经辐射场", 0.8), ("辐射场", 0.7)))
        keep(database, ("radiance field", ("辐射场", 0.9)), ("NeRF", ("神经辐射场", 0.3)))
        assert accepted(database) == [{"radiance field", "辐射场"}]
        keep(database, ("NeRF", ("神经辐射场", 0.8)))
        assert accepted(database) == [{"NeRF", "神经辐射场"}]
        assert len(states(database)) == 2

    def test_two_terms_may_change_places(self, database):
        keep(database, ("one", ("一", 0.9), ("二", 0.3)), ("two", ("二", 0.9), ("一", 0.3)))
        keep(database, ("one", ("二", 0.9), ("一", 0.3)), ("two", ("一", 0.9), ("二", 0.3)))
        assert sorted(map(sorted, accepted(database))) == [["one", "二"], ["two", "一"]]

    def test_a_rejected_pair_stays_rejected(self, database):
        keep(database, SPLATTING)
        decide(database, "reject", "Gaussian Splatting", "高斯泼溅")
        assert keep(database, SPLATTING).decided == 1
        assert accepted(database) == []
        keep(database, ("NeRF", ("神经辐射场", 0.8)))  # which finds nothing of it any more
        keep(database, SPLATTING)
        assert accepted(database) == []

    def test_a_mined_term_that_is_removed_stays_rejected(self, database):
        keep(database, SPLATTING)
        decide(database, "remove", "Gaussian Splatting", "高斯泼溅")
        keep(database, SPLATTING)
        assert accepted(database) == []

    def test_an_accepted_offer_stays_accepted_when_it_is_not_found_any_more(self, database):
        keep(database, SPLATTING)
        decide(database, "accept", "Gaussian Splatting", "高斯分层")
        keep(database)
        assert accepted(database) == [{"Gaussian Splatting", "高斯分层"}]

    def test_what_a_person_added_is_not_accepted_elsewhere(self, database):
        add(database, "NeRF", "辐射场")
        keep(database, ("radiance field", ("辐射场", 0.9)))
        assert accepted(database) == [{"NeRF", "辐射场"}]

    def test_mined_terms_join_the_group_that_a_person_made(self, database):
        group = add(database, "gaussian splatting", "三维高斯")
        keep(database, SPLATTING)
        assert accepted(database) == [{"gaussian splatting", "三维高斯", "高斯泼溅"}]
        assert {number for number, _ in states(database)} == {group}

    def test_a_head_that_was_rejected_is_not_brought_back(self, database):
        keep(database, ("GS", ("高斯泼溅", 0.9)))
        decide(database, "reject", "高斯泼溅", "GS")
        keep(database, ("GS", ("高斯泼溅", 0.9)))
        assert accepted(database) == []


class TestListing:
    @pytest.fixture(autouse=True)
    def _some(self, database):
        keep(database, SPLATTING, ("NeRF", ("神经辐射场", 0.8)), ("pipeline", ("管道", 0.3)))

    def heads(self, database, *asked):
        with database.read() as session:
            groups, total = terms.list_groups(session, *asked)
            assert total == len(groups)
            return [group.terms[0].text for group in groups]

    def test_the_best_come_first(self, database):
        assert self.heads(database) == ["Gaussian Splatting", "NeRF", "pipeline"]

    @pytest.mark.parametrize(
        ("words", "heads"),
        [
            ("nerf", ["NeRF"]),
            ("SPLAT", ["Gaussian Splatting"]),
            ("斯泼", ["Gaussian Splatting"]),
            ("溅", ["Gaussian Splatting"]),
            ("輻射場", ["NeRF"]),
            ("%", ["Gaussian Splatting", "NeRF", "pipeline"]),
            ("nowhere", []),
        ],
    )
    def test_words_are_found_within_terms(self, database, words, heads):
        assert self.heads(database, words) == heads

    def test_groups_can_be_asked_for_by_the_state_of_a_term(self, database):
        assert self.heads(database, "", TermState.OFFERED) == ["Gaussian Splatting", "pipeline"]
        assert self.heads(database, "", TermState.ACCEPTED) == ["Gaussian Splatting", "NeRF"]
        assert self.heads(database, "", TermState.REJECTED) == []

    def test_a_page_of_them(self, database):
        with database.read() as session:
            groups, total = terms.list_groups(session, first=1, most=1)
        assert ([group.terms[0].text for group in groups], total) == (["NeRF"], 3)
