"""Counts of characters, and what they say about the next one."""

from app.digests.encoding.character_model import WORD_BREAK, fold, train, train_on_words
from app.digests.encoding.likelihood import likelihood


def test_characters_pairs_and_threes_are_counted():
    counts = train(["风筝会飞", "风筝"]).counts

    assert (counts["风"], counts["风筝"], counts["风筝会"], counts["筝会飞"]) == (2, 2, 1, 1)


def test_a_line_counts_once_however_many_digests_repeat_it():
    assert train(["风筝\n会飞", "风筝"]) == train(["风筝\n会飞"])


def test_latin_words_numbers_and_blanks_count_as_one_each():
    assert fold("用 3DGS-v2\t 重建\n一") == "用 0a-a0 重建  一"


def test_words_stand_alone_and_count_as_often_as_they_occur():
    counts = train_on_words([("风筝", 7), ("会", 2)]).counts

    assert (counts["风筝"], counts["会"], counts[f"{WORD_BREAK}会{WORD_BREAK}"], counts[WORD_BREAK]) == (7, 2, 2, 9)
    assert "筝会" not in counts


def test_what_was_seen_is_likelier_than_what_was_not():
    score = likelihood([train(["风筝会飞"])])

    assert score("风筝", "会") > score("风筝", "飞") > score("风筝", "鸟") > score("风筝", "驫")


def test_a_word_may_follow_any_other_word():
    score = likelihood([train_on_words([("风筝", 50), ("会飞", 50)])])

    assert score("风筝", "会") > score("风筝", "飞")
