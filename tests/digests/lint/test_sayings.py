"""Rules that know defects by their words: placeholders, chat, links, authors."""

import pytest

from tests.digests.lint.writing import digest, entry, findings, in_analysis, line_of, note, rules

PLACEHOLDERS = [
    "2. 作者：xxx",
    "2. Authors: XXX（此处填写作者姓名）",
    "5. Urls：论文链接（待补充）；代码链接：None",
    "5. 链接：待补充",
    "（1）：创新点：xxx；性能：xxx；工作量：xxx；",
    "5. 链接：[论文链接地址]，代码：无",
    "5. Urls: GitHub: （如不可用，请填写“None”）",
    "若无代码，则填写“GitHub:None”。",
    "请将上面的地址替换为实际的论文链接。",
    "机构：第一作者所属机构（请根据实际情况填写）",
    "以上回答仅为模板，需要改写。",
    "Affiliation: (to be added)",
    "Urls: [your repository link]",
]
NO_PLACEHOLDERS = [
    pytest.param("这种策略在大风天气下的表现有待补充，实验也有待完善。", id="a judgement"),
    pytest.param("提示词写作 “a photo of xxx kite”，用于个性化生成。", id="a prompt"),
    pytest.param("XXXL 号风筝也可以使用，型号为 XXX-7。", id="a size and a model"),
    pytest.param("地址见 https://kites.example/xxx-large/data 一页。", id="within an address"),
    pytest.param("根据周围图像内容填充屋顶上的空洞。", id="inpainting"),
    pytest.param("该方法把背景替换为真实的图像内容。", id="editing"),
    pytest.param("故填写为“None”。", id="filled in with nothing"),
    pytest.param("用户需要填写问卷，共二十题。", id="a study"),
    pytest.param("代码链接：[风筝的仓库](https://github.com/kite-people/rooftops)", id="a link with a target"),
    pytest.param("![项目地址](https://figures.example/map.png)", id="an image"),
    pytest.param("作者没有提供代码，复现需要自己实现。", id="a plain statement"),
    pytest.param("占位符 S* 表示新的概念。", id="a term of the trade"),
]
CHAT = [
    "好的，我会按照您的要求进行总结。",
    "当然可以，这篇论文介绍了风筝上的重建。",
    "希望以上内容对您有所帮助！",
    "以上是对论文的总结，希望符合您的要求。",
    "以下是按照您的要求整理的内容：",
    "以下是对该论文的总结：",
    "很抱歉，我无法访问外部链接。",
    "请您提供论文的全文。",
    "作为一个AI语言模型，我不能打开链接。",
    "感谢您的理解与支持！",
    "As an AI language model, I cannot open links.",
    "I hope this helps with the paper.",
    "Please feel free to ask me any other questions.",
    "请注意，以上回答仅为示例，细节需要调整。",
    "由于您没有提供原文，只能依据标题推测。",
    "总结已根据您的要求完成。",
    "接下来，我将按照给定的格式作答。",
    "如有问题，请您随时告诉我。",
    "请提供更多论文内容以便我继续。",
    "由于我暂时无法访问该网页，以下内容仅供参考。",
    "您提供的摘要里没有这些数字。",
    "希望能帮到您。",
    "Certainly! Here is what the paper says.",
    "Here's the summary of the paper.",
    "I'm sorry, but I cannot open the link.",
]
NO_CHAT = [
    pytest.param("好的初始化能加快收敛，坏的则相反。", id="good as an adjective"),
    pytest.param("当然，该方法也有局限，例如无风的日子。", id="of course"),
    pytest.param("以下是该方法的详细步骤和关键思想：", id="steps"),
    pytest.param("模型拒绝时会说“抱歉，我无法回答”，这是一种安全机制。", id="a quoted refusal"),
    pytest.param("我们希望该方法对研究者有所帮助。", id="the authors hope"),
    pytest.param("请注意，该数据集不可商用。", id="a warning"),
    pytest.param("作者认为大语言模型作为一个助手可以提供建议。", id="about assistants"),
    pytest.param("我会把这个想法用在自己的项目里。", id="the reader's own note"),
    pytest.param("如有疑问，请联系作者。", id="ask the authors"),
]
FAKE_URLS = [
    "5. Urls: https://www.example.com/paper",
    "5. Urls: https://xxx.com/paper.pdf or Github: None",
    "5. 论文链接：https://xxx （论文）",
    "5. Urls: https://arxiv.org/abs/xxx",
    "5. Urls: https://arxiv.org/abs/2412.xxxxx",
    "代码：https://github.com/xxx/kites",
    "代码：https://github.com/your-name/kites",
    "DOI：http://dx.doi.org/10.1364/ao.XX.XXXXXX",
    "[论文链接](链接地址)",
    "[代码](#GitHub地址)",
    "[代码](GitHub:None)",
    "[论文](待补充)",
    "代码：https://github.com/%E9%93%BE%E6%8E%A5",
]
REAL_URLS = [
    pytest.param("代码：https://github.com/kite-people/rooftops", id="a repository"),
    pytest.param("项目：https://kites.example/rooftops", id="the reserved domain of a fiction"),
    pytest.param("https://examples.kites.org/example.html", id="examples"),
    pytest.param("见[方法](#方法)一节。", id="an anchor"),
    pytest.param("[数据](./data/kites.csv)", id="a relative file"),
    pytest.param("https://example.com.kites.org/", id="only the beginning is alike"),
    pytest.param("https://xxxlutz.kites.org/", id="a name with three x"),
    pytest.param("The function f(x)[i](j) is smooth.", id="mathematics"),
]


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        *[("placeholder-text", line) for line in PLACEHOLDERS],
        *[("chat-residue", line) for line in CHAT],
        *[("fake-url", line) for line in FAKE_URLS],
    ],
)
def test_a_defect_is_found_on_its_line(rule, line):
    text = in_analysis(line)

    found = [finding for finding in findings(text) if finding.rule == rule]

    assert [(finding.line, finding.position) for finding in found] == [(line_of(text, line), 1)]
    assert found[0].sentence
    assert found[0].sentence_zh
    assert found[0].excerpt


@pytest.mark.parametrize("line", [*NO_PLACEHOLDERS, *NO_CHAT, *REAL_URLS])
def test_what_only_looks_like_a_defect_is_none(line):
    assert rules(in_analysis(line)) == set()


def test_summary_and_key_points_are_read_too():
    text = digest(entry(summary="摘要：待补充", points=("希望以上内容对您有所帮助！", "风筝很好。")))

    assert [(finding.rule, finding.line) for finding in findings(text)] == [
        ("placeholder-text", line_of(text, "摘要：待补充")),
        ("chat-residue", line_of(text, "希望以上")),
    ]


def test_the_abstract_is_the_authors_own():
    text = digest(entry()).replace("from kites. ", "from kites, see https://example.com/xxx, xxx. ")

    assert rules(text) == set()


def test_chat_in_a_note_is_found():
    assert rules(note("当然可以，这篇论文介绍了风筝。")) == {"chat-residue"}


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("5. 论文链接：https://arxiv.org/abs/2302.00042，Github：None", id="Chinese label"),
        pytest.param("5. Urls: https://arxiv.org/abs/2302.00042v2", id="English label"),
        pytest.param("<li>论文：https://arxiv.org/pdf/2302.00042.pdf</li>", id="HTML"),
        pytest.param("Paper: [Kites](https://arxiv.org/abs/2302.00042)", id="Markdown link"),
    ],
)
def test_another_papers_link_in_the_place_of_the_own_is_found(line):
    text = in_analysis(line)

    (finding,) = findings(text)

    assert (finding.rule, finding.line) == ("other-paper", line_of(text, "2302.00042"))
    assert "2302.00042" in finding.sentence
    assert "2412.90001" in finding.sentence


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("5. 论文链接：https://arxiv.org/abs/2412.90001v3", id="the own, another version"),
        pytest.param("与 https://arxiv.org/abs/2302.00042 相比更快。", id="a reference"),
        pytest.param("5. 链接：https://arxiv.org/abs/2302.00042（前作），本文为 2412.90001", id="both"),
        pytest.param("5. 代码链接：https://github.com/kite-people/rooftops", id="no arXiv link"),
        pytest.param(
            "5. 论文链接：https://kites.example 基于 https://arxiv.org/abs/2302.00042", id="only the second link"
        ),
    ],
)
def test_a_reference_to_another_paper_is_no_defect(line):
    assert rules(in_analysis(line)) == set()


@pytest.mark.parametrize(
    "line",
    [
        "2. 作者：Bram Verhoeven, Ada Quist, Yun Li",
        "<li>作者：Bram Verhoeven、Ada Quist</li>",
        "2. **Authors**: Bram Verhoeven et al.",
        "2. Authors: B. Verhoeven and Jun Hasegata",
    ],
)
def test_a_first_author_whom_the_paper_does_not_know_is_found(line):
    text = in_analysis(line)

    assert [(finding.rule, finding.line) for finding in findings(text)] == [
        ("authors-disagree", line_of(text, "Verhoeven"))
    ]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("2. 作者：Oyelund Mira, Hasegata Jun", id="family name first"),
        pytest.param("2. 作者：M. Oyelund 等", id="initials"),
        pytest.param("2. 作者：Theo Marchetti Roux（第二作者）", id="accent and hyphen"),
        pytest.param("2. 作者：Mira Oylund", id="a slip of the pen"),
        pytest.param("2. 作者：Jun Hasegata", id="another of the authors"),
        pytest.param("2. 作者：米拉·奥耶隆德", id="in Chinese"),
        pytest.param("2. Authors: Not Provided", id="not provided"),
        pytest.param("2. Authors: Anonymous Kite Submission", id="anonymous"),
        pytest.param("3. 作者单位：Wind University", id="affiliation"),
        pytest.param("作者指出 Bram Verhoeven 的方法较慢。", id="a mention"),
        pytest.param("2. 作者：Th´eo Marchetti-Roux", id="an accent torn off"),
    ],
)
def test_authors_written_another_way_do_not_disagree(line):
    assert rules(in_analysis(line)) == set()
