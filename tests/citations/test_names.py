import pytest

from app.citations.names import PersonName, split_name


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Michael J. Black", PersonName("Black", "Michael J.")),
        ("Joost van de Weijer", PersonName("Weijer", "Joost", "van de")),
        ("Maria da Silva Monteiro", PersonName("Silva Monteiro", "Maria", "da")),
        ("F. D'Eugenio", PersonName("D'Eugenio", "F.")),
        ("Kwan-Yee K. Wong", PersonName("Wong", "Kwan-Yee K.")),
        ("Le Li", PersonName("Li", "Le")),
        ("Robert Downey Jr.", PersonName("Downey", "Robert", suffix="Jr.")),
        ("Sammy Davis, Jr.", PersonName("Davis", "Sammy", suffix="Jr.")),
        ("King, Jr., Martin Luther", PersonName("King", "Martin Luther", suffix="Jr.")),
        ("van Gogh, Vincent", PersonName("Gogh", "Vincent", "van")),
        ("Tencent", PersonName("Tencent")),
        ("王小明", PersonName("王", "小明")),
        ("欧阳修", PersonName("欧阳", "修")),
        ("김철수", PersonName("김", "철수")),
        ("列奥纳多·达芬奇", PersonName("列奥纳多·达芬奇")),
        ("  Ada \n Lovelace ", PersonName("Lovelace", "Ada")),
        ("", PersonName("")),
        (",", PersonName("")),
    ],
)
def test_a_name_is_split(name: str, parts: PersonName) -> None:
    assert split_name(name) == parts


def test_an_inverted_name_has_its_particle_with_the_family() -> None:
    assert split_name("Joost van de Weijer").inverted == "van de Weijer, Joost"
    assert split_name("Robert Downey Jr.").inverted == "Downey, Jr., Robert"


@pytest.mark.parametrize("name", ["Michael J. Black", "Joost van de Weijer", "Robert Downey Jr.", "王小明"])
def test_an_inverted_name_is_split_like_the_name_itself(name: str) -> None:
    assert split_name(split_name(name).inverted) == split_name(name)
