"""What a paper's own words claim of it: where it appears, and that there is code. Pure.

The authors write both into the comment that arXiv shows ("Accepted by CVPR 2024, code at …"), in no form at all.
"""

import re
from collections.abc import Iterable

_VENUES = """
    3DV AAAI ACCV ACL ACM-MM AISTATS BMVC CHI CIKM COLING COLM CVPR CoNLL CoRL EACL ECAI ECCV ECML EMNLP Eurographics
    GCPR ICASSP ICCP ICCV ICDAR ICIP ICLR ICME ICML ICPR ICRA IJCAI IJCNN IJCV INTERSPEECH IROS ISBI ISMAR ISMRM JMLR KDD
    MICCAI MIDL NAACL NeurIPS PAMI PMLR RA-L RSS SIGGRAPH SIGGRAPH-Asia SIGIR TACL TCSVT TIP TKDE TMI TMLR TMM TNNLS TOG
    TPAMI TVCG UAI UIST VISAPP WACV WSDM WWW
"""
"""As they are written here they are shown; "-" is a blank or nothing."""
_NAMES = {name.replace("-", "").casefold(): name.replace("-", " ") for name in _VENUES.split()}
_WRITTEN = "|".join(sorted((name.replace("-", "[ -]?") for name in _VENUES.split()), key=len, reverse=True))
_VENUE = re.compile(
    rf"(?<![\w/.-])(?P<name>{_WRITTEN})(?:\s*[-,:('’]?\s*(?:20)?(?P<year>\d\d)(?!\d))?(?![\w/-])",
    re.IGNORECASE | re.ASCII,
)
_YEAR_BEFORE = re.compile(r"\b20(\d\d)\s+(?:IEEE(?:/\w+)*\s+)?$", re.ASCII)
_CODE = re.compile(
    r"https?://(?:www\.)?(?:github\.com/[\w.-]+/[\w.-]+|gitlab\.com/[\w.-]+/[\w.-]+|bitbucket\.org/[\w.-]+/[\w.-]+"
    r"|huggingface\.co/(?!papers/)(?:spaces/|datasets/)?[\w.-]+/[\w.-]+)",
    re.IGNORECASE | re.ASCII,
)


def find_venues(comment: str) -> tuple[str, ...]:
    """The conferences and journals that a comment names, with the year if it is there: "CVPR 2024"."""
    found: dict[str, None] = {}
    for match in _VENUE.finditer(comment):
        name = _NAMES[re.sub("[ -]", "", match["name"]).casefold()]
        if name.islower() or (match["name"].islower() and len(name) <= 4):
            continue  # "tip", "chi", "rss": words
        before = _YEAR_BEFORE.search(comment, 0, match.start())
        year = match["year"] or (before[1] if before else None)
        found[f"{name} 20{year}" if year else name] = None
    return tuple(found)


def mentions_code(texts: Iterable[str]) -> bool:
    """Whether one of the texts links to a place where code is kept."""
    return any("http" in text and _CODE.search(text) for text in texts)
