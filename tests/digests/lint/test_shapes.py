"""Rules that know defects by what is missing, twice, or in the wrong place."""

import pytest

from tests.digests.lint.writing import ANALYSIS, digest, entry, findings, in_analysis, line_of, note, rules

LONG = (
    "本文提出了一种用风筝拍摄屋顶的方法，先从线的张力估计风向，再对齐各帧的边缘，最后把所有的帧融合成一个模型，"
    "模型里既有瓦片的颜色，也有烟囱的高度，还有天窗的角度；与用无人机的方法相比，它不需要电池，也没有噪声，"
    "在十二座屋顶上都得到了更完整的结果，"
)
RUN_ON = "".join(chr(0x4E00 + 37 * i % 5000) for i in range(180))
COPIED = "先用风筝线的张力估计相机的高度，再用屋顶的边缘对齐各帧。然后融合所有的帧，得到一个没有空洞、颜色也前后一致的完整屋顶模型。"


def _only(rule, text):
    (finding,) = findings(text)
    assert finding.rule == rule
    return finding


@pytest.mark.parametrize("summary", ["", "  ", "无", "None", "……"])
def test_a_missing_summary_is_found(summary):
    text = digest(entry(summary=summary))

    assert _only("missing-summary", text).position == 1


def test_missing_key_points_are_found_at_their_entry():
    text = digest(entry(), entry(title="Other kites and their strings", arxiv_id="2412.90002", points=()))

    assert _only("no-key-points", text).position == 2


def test_a_note_by_hand_needs_neither():
    assert rules(note("#kites\n\n想法很好，值得一试", "")) == set()


def test_a_paper_met_again_is_found_at_its_second_heading():
    text = digest(entry(), entry(title="Ropes and their knots in the wind", arxiv_id="2412.90002"), entry())

    found = _only("paper-repeated", text)

    assert (found.position, text.split("\n")[found.line - 1][:8]) == (3, "## Kites")


def test_papers_without_ids_are_known_by_title_and_authors():
    same = digest(entry(arxiv_id="none"), entry(arxiv_id="none"))
    others = digest(entry(arxiv_id="none"), entry(arxiv_id="none", authors="Bram Verhoeven"))
    two = digest(entry(), entry(arxiv_id="2412.90002"))

    assert rules(same) == {"paper-repeated"}
    assert rules(others) == set()
    assert rules(two) == set()


@pytest.mark.parametrize("address", ["./crop_kites/1.jpg", "../images/1.png", "assets/1.png", "/img/1.png"])
def test_a_relative_image_is_dead(address):
    text = digest(entry(image=address))

    assert _only("dead-image", text).line == line_of(text, address)


@pytest.mark.parametrize("address", ["https://a.example/1.png", "//a.example/1.png", "data:image/png;base64,AAAA"])
def test_an_image_with_a_host_or_within_the_page_is_not(address):
    assert rules(digest(entry(image=address))) == set()


def test_the_dead_images_of_an_entry_are_one_finding():
    text = note("![图 1](assets/1.png)\n\n![图 2](assets/2.png)\n\n想法很好。", "![图 3](https://a.example/3.png)")

    found = _only("dead-image", text)

    assert (found.line, found.position) == (line_of(text, "assets/1.png"), 1)
    assert "2" in found.sentence


def test_a_repair_is_told_of_the_whole_digest():
    (finding,) = findings(digest(entry()), repaired=True)

    assert (finding.rule, finding.line, finding.position) == ("repaired-encoding", 1, None)


def test_lost_characters_are_found_wherever_they_stand():
    text = digest(entry(), entry(arxiv_id="2412.90002", summary="风\ufffd\ufffd很大，模型很准。")).replace(
        "# 2024", "\ufffd\n# 2024"
    )

    assert [(finding.rule, finding.line, finding.position) for finding in findings(text)] == [
        ("lost-text", line_of(text, "# 2024") - 1, None),
        ("lost-text", line_of(text, "很大，模型很准"), 2),
    ]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(f"{LONG}为相关领域的发展提供有价值的", id="in mid-sentence"),
        pytest.param(f"{LONG}从而提高有效性和", id="after and"),
        pytest.param(f"{LONG}效果很好。（注", id="in a bracket"),
    ],
)
def test_a_passage_that_stops_before_the_next_section_is_cut_off(line):
    text = in_analysis(line)

    assert _only("analysis-cut-off", text).line == line_of(text, line)


@pytest.mark.parametrize(
    "ending", ["最后得到的", "具体步骤如下：", "实验在两个数据集上进行，", "最后对齐各帧（", "再融合各帧，并"]
)
def test_an_analysis_that_stops_at_its_end_is_cut_off(ending):
    text = digest(entry(analysis=f"{ANALYSIS}\n\n8. 结论：{ending}"))

    assert _only("analysis-cut-off", text).line == line_of(text, ending)


def test_a_last_sentence_without_a_stop_is_cut_off_where_all_others_have_one():
    sentence = "这是一个关于风筝与屋顶的完整句子，它比四十个字还要长一些，并且像别的句子一样好好地以句号结束"
    others = "\n\n".join(f"({number}) {sentence}。" for number in range(3))
    free = "\n\n".join(f"({number}) {sentence}" for number in range(3))

    assert rules(digest(entry(analysis=f"{others}\n\n{sentence[:45]}"))) >= {"analysis-cut-off"}
    assert "analysis-cut-off" not in rules(digest(entry(analysis=f"{free}\n\n{sentence[:45]}")))


@pytest.mark.parametrize(
    "analysis",
    [
        pytest.param(f"{ANALYSIS}\n\n8. 结论：很好", id="a short last word"),
        pytest.param(f"{ANALYSIS}\n\nGithub: https://github.com/kite-people/rooftops", id="a link at the end"),
        pytest.param(f"{ANALYSIS}\n\n关键词：风筝；屋顶；重建", id="keywords"),
        pytest.param(f"{ANALYSIS}\n\n这正是本文的目的", id="a word that ends as a particle does"),
        pytest.param("<ol>\n<li>风很大，模型很准。</li>\n</ol>\n", id="tags at the end"),
        pytest.param(f"{LONG}主要步骤如下：\n\n1. 放风筝。\n\n2. 收风筝。", id="a colon before a list"),
        pytest.param(f"2. 作者：{'Mira Oyelund, ' * 12}\n\n3. 单位：无。", id="a list of names"),
    ],
)
def test_what_ends_without_a_stop_is_not_always_cut_off(analysis):
    assert rules(digest(entry(analysis=analysis))) == set()


def test_a_person_may_end_a_note_anywhere():
    assert rules(note("这篇论文的想法是把风筝和屋顶对齐，然后再融合成模型的")) == set()


@pytest.mark.parametrize(
    "analysis",
    [
        pytest.param(
            f"6. 摘要：\n\n{COPIED}\n\n7. 方法：\n\n{COPIED}\n\n8. 结论：\n\n{COPIED}", id="a passage three times"
        ),
        pytest.param("风筝线的张力给出相机在屋顶上空的准确高度。\n\n" * 3, id="a sentence in a row"),
        pytest.param("结论：" + "风筝在屋顶上空盘旋并拍摄所有的瓦片而且不停" * 4 + "。", id="an echo"),
        pytest.param("结论：" + "加油加油" * 12 + "。", id="a stutter"),
        pytest.param(f"结论：{RUN_ON}。", id="no full stop"),
    ],
)
def test_an_analysis_that_has_lost_the_thread_is_found_once(analysis):
    assert _only("analysis-repeats", digest(entry(analysis=analysis))).position == 1


@pytest.mark.parametrize("length", [*range(2, 13), *range(20, 61)])
def test_the_shortest_echo_is_found_wherever_it_begins(length):
    echo = RUN_ON[:length] * (3 if length >= 20 else max(5, -(-40 // length)))
    entries = [entry(analysis=f"结论：{RUN_ON[100 : 100 + before]}，{echo}。") for before in range(27)]

    assert sum("over and over" in finding.sentence for finding in findings(digest(*entries))) == len(entries)


@pytest.mark.parametrize(
    "analysis",
    [
        pytest.param("实验证明了该方法的有效性。\n\n" * 3, id="a turn of phrase"),
        pytest.param("实验结果证明了这种风筝重建方法的有效性。\n\n另外还有别的。\n\n" * 3, id="one sentence, apart"),
        pytest.param(f"{COPIED}\n\n{COPIED}", id="twice"),
        pytest.param("| 张力 | 高度 |\n|" + "-" * 90 + "|\n\n" + "=" * 90 + "\n\n很好。", id="rules and tables"),
        pytest.param("Kite " * 60 + "。", id="not Chinese"),
        pytest.param("0" * 300 + "。", id="digits"),
    ],
)
def test_saying_a_thing_again_is_no_defect_in_itself(analysis):
    assert rules(digest(entry(analysis=analysis))) == set()
