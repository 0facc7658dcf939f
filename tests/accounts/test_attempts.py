import pytest

from app.accounts import Attempts
from app.errors import TooManyAttemptsError


@pytest.fixture
def attempts():
    return Attempts()


def fail(attempts, times, name="Ada", address="192.0.2.1"):
    for _ in range(times):
        attempts.check(name, address)
        attempts.note_failure(name, address)


def test_after_ten_wrong_passwords_a_name_has_to_wait_wherever_they_come_from(attempts):
    for number in range(10):
        fail(attempts, 1, address=f"192.0.2.{number}")
    with pytest.raises(TooManyAttemptsError):
        attempts.check("Ada", "198.51.100.7")


def test_another_name_need_not_wait(attempts):
    fail(attempts, 10)
    attempts.check("Bob", "192.0.2.1")


def test_asking_alone_counts_nothing(attempts):
    for _ in range(100):
        attempts.check("Ada", "192.0.2.1")


def test_after_fifty_wrong_passwords_an_address_has_to_wait_whatever_name_it_tries(attempts):
    for number in range(50):
        fail(attempts, 1, name=f"user {number}")
    with pytest.raises(TooManyAttemptsError):
        attempts.check("somebody else", "192.0.2.1")


@pytest.mark.parametrize("name", ["ada", "ADA", " Ada ", "Ａda", "Aｄa"])
def test_another_spelling_of_the_same_name_is_the_same_name(attempts, name):
    fail(attempts, 10, name="Ada")
    with pytest.raises(TooManyAttemptsError):
        attempts.check(name, "198.51.100.7")


def test_each_application_counts_on_its_own(attempts):
    fail(attempts, 10)
    Attempts().check("Ada", "192.0.2.1")
