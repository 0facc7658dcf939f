"""Counts of characters: trained, merged, made small, kept as bytes."""

import pytest

from app.digests.encoding.character_model import (
    EMPTY,
    CharacterModel,
    fold,
    from_bytes,
    merge,
    train,
    train_on_words,
)
from app.digests.encoding.likelihood import likelihood


def test_characters_pairs_and_threes_are_counted():
    counts = train(["风筝会飞", "风筝"]).counts

    assert (counts["风"], counts["风筝"], counts["风筝会"], counts["筝会飞"]) == (2, 2, 1, 1)


def test_a_line_counts_once_however_many_digests_repeat_it():
    assert train(["风筝\n会飞", "风筝"]) == train(["风筝\n会飞"])


def test_latin_words_numbers_and_blanks_count_as_one_each():
    assert fold("用 3DGS-v2\t 重建\n一") == "用 0a-a0 重建  一"


def test_models_add_up():
    one, other = train(["风筝"]), train(["会飞"])

    assert merge([one, other]).counts["风筝"] == merge([one, one]).counts["风筝"] - 1 == 1
    assert merge([one, EMPTY]) == one


def test_pruning_forgets_rare_pairs_and_keeps_every_character():
    pruned = train(["风筝会飞", "风筝落下"]).pruned(2)

    assert pruned.counts["风筝"] == 2
    assert "会飞" not in pruned.counts
    assert pruned.counts["飞"] == 1


@pytest.mark.parametrize(
    "model",
    [
        pytest.param(EMPTY, id="empty"),
        pytest.param(train(['风筝 "A" \\ \u2028 🔴é\n会飞'] * 2), id="text"),
        pytest.param(train_on_words([("风筝", 7), ("飞", 2)]), id="words"),
    ],
)
def test_a_model_is_the_same_after_being_stored(model):
    assert from_bytes(model.to_bytes()) == model
    assert CharacterModel(dict(reversed(model.counts.items()))).to_bytes() == model.to_bytes()


@pytest.mark.parametrize("packed", [b"", b"nonsense", train(["风筝"]).to_bytes()[:-9]])
def test_other_bytes_are_no_model(packed):
    with pytest.raises(ValueError, match="no character model"):
        from_bytes(packed)


def test_what_was_seen_is_likelier_than_what_was_not():
    score = likelihood([train(["风筝会飞"])])

    assert score("风筝", "会") > score("风筝", "飞") > score("风筝", "鸟") > score("风筝", "驫")


def test_a_word_may_follow_any_other_word():
    score = likelihood([train_on_words([("风筝", 50), ("会飞", 50)])])

    assert score("风筝", "会") > score("风筝", "飞")
