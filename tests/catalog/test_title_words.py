import pytest

from app.catalog.title_words import PhraseCounter, phrase_of, phrases_in, without_parts
from app.search.clauses import whole


@pytest.mark.parametrize(
    ("title", "phrases"),
    [
        ("Gaussian Splatting", {"gaussian", "splatting", "gaussian splatting"}),
        ("The Gaussians of the City", {"gaussians", "city"}),
        ("NeRF: Editing", {"nerf", "editing"}),
        ("Mixture of Experts", {"mixture", "experts", "mixture of experts"}),
        ("Text-to-3D", {"text"}),
        ("3D Scene 2024", {"scene", "3d scene"}),
        ("高斯泼溅", set()),
        ("用 Splatting", {"splatting"}),
        ("", set()),
    ],
)
def test_words_and_rows_of_words_that_might_be_terms(title, phrases):
    assert {" ".join(phrase) for phrase in phrases_in(title)} == phrases


@pytest.mark.parametrize("title", ["Text-to-Image: 3DGS, GANs & Co.", "a_b c", "Nießner's NeRF", "扩散模型 Survey"])
def test_titles_are_cut_into_words_as_search_cuts_them(title):
    counter = PhraseCounter({tuple(whole(title).split()): "all of it"})
    assert counter.count([title]) == {"all of it": 1}


def test_each_title_counts_once_for_a_key_whichever_of_its_phrases_it_has():
    keys = {phrase_of(text): "NeRF" for text in ("NeRF", "Neural Radiance Fields", "神经辐射场")}
    titles = ["NeRF: Neural Radiance Fields", "神经辐射场综述", "A Nerf", "Neural Fields", "nerfs"]
    assert PhraseCounter(keys).count(titles) == {"NeRF": 3}


def test_what_hardly_occurs_but_as_a_part_of_more_is_left_out():
    counts = {("gaussian",): 10, ("splatting",): 7, ("gaussian", "splatting"): 7}
    assert without_parts(counts) == [("gaussian", "splatting")]
    assert without_parts({**counts, ("gaussian",): 11}) == [("gaussian",), ("gaussian", "splatting")]
