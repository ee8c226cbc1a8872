"""Users and their passwords: who is let in, for how long, and what ends it; the waits after failures; the commands."""

from __future__ import annotations

import datetime

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update
from typer.testing import CliRunner

from app import users
from app.__main__ import app as commands
from app.passwords import Passwords, Waits, why_not
from app.users import UserError
from storage import Workspace, open_workspace
from storage.models import DraftRow, SignInRow, UserRow
from tests.app.conftest import GOOD, QUICK


@pytest.fixture(scope="module")
def passwords() -> Passwords:
    return Passwords(QUICK)


@pytest.fixture
def store(tmp_path, passwords):
    opened = open_workspace(tmp_path / "w.db")
    with opened.session() as session:
        users.add_user(session, passwords, "Boss", "administrator", GOOD)
        users.add_user(session, passwords, "li@example.org", "reviewer", GOOD)
    yield opened
    opened.close()


def entered(store: Workspace, passwords: Passwords, name: str = "boss", password: str = GOOD) -> str:
    secret = users.sign_in(store, passwords, name, password)
    assert secret is not None
    return secret


def who(store: Workspace, secret: str) -> str | None:
    with store.reading() as session:
        found = users.holder(session, secret)
    return found and f"{found[0].name} {found[0].role}"


def test_a_password_lets_in_and_only_its_hash_and_that_of_the_secret_are_kept(store, passwords):
    secret = entered(store, passwords, "  BOSS ")
    assert len(secret) >= 43 and who(store, secret) == "Boss administrator"
    with store.reading() as session:
        kept = session.scalars(select(UserRow.password)).all()
        keys = session.scalars(select(SignInRow.key)).all()
    assert all(hashed.startswith("$argon2id$") for hashed in kept) and kept[0] != kept[1]
    assert secret not in keys and GOOD not in str(kept)


@pytest.mark.parametrize(
    ("name", "password"), [("boss", GOOD + "x"), ("boss", ""), ("nobody", GOOD), ("", ""), ("boss' OR 1=1 --", GOOD)]
)
def test_anything_else_does_not(store, passwords, name, password):
    assert users.sign_in(store, passwords, name, password) is None


def test_a_user_without_a_password_comes_in_through_the_provider_only(store, passwords):
    with store.session() as session:
        users.add_user(session, passwords, "Wang@Example.org", "reader")
    for tried in ("", "the password of nobody"):
        assert users.sign_in(store, passwords, "Wang@Example.org", tried) is None
    secret = users.sign_in_by_address(store, "wang@EXAMPLE.org")
    assert secret and who(store, secret) == "Wang@Example.org reader"
    assert users.sign_in_by_address(store, "stranger@example.org") is None


def test_an_unknown_name_costs_as_much_as_a_wrong_password(store):
    class Counting(PasswordHasher):
        checked: list[str] = []

        def verify(self, hash, password):
            Counting.checked.append(hash)
            return super().verify(hash, password)

    passwords = Passwords(Counting(time_cost=1, memory_cost=8, parallelism=1))
    for name in ("nobody", "boss"):
        assert users.sign_in(store, passwords, name, "wrong password") is None
    unknown, known = Counting.checked
    assert unknown.rsplit("$", 2)[0] == known.rsplit("$", 2)[0]


def test_a_hash_of_other_parameters_is_made_anew_at_the_next_sign_in(store, passwords):
    stronger = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    entered(store, stronger)
    with store.reading() as session:
        kept = {row.name: row.password for row in session.scalars(select(UserRow))}
    assert "t=2" in kept["Boss"] and "t=1" in kept["li@example.org"]
    entered(store, stronger)


@pytest.mark.parametrize("forged", ["", "x", "' OR 1=1 --", "\udc80", "0" * 64])
def test_a_forged_secret_is_nobodys(store, passwords, forged):
    secret = entered(store, passwords)
    with store.reading() as session:
        hashed = session.scalars(select(SignInRow.key)).one()
    assert who(store, forged) is None
    # What a thief of the database finds does not let in, nor does a part of the secret.
    assert who(store, hashed) is None and who(store, secret[:-1]) is None and who(store, secret + "=") is None


def test_a_sign_in_ends_after_twelve_hours_unless_it_is_renewed(store, passwords):
    secret = entered(store, passwords)

    def left(hours: float) -> None:
        with store.session() as session:
            session.execute(update(SignInRow).values(expires=users._now() + datetime.timedelta(hours=hours)))

    with store.reading() as session:
        assert users.holder(session, secret)[1] is False
    left(10)
    with store.session() as session:
        assert users.holder(session, secret)[1] is True
        users.renew(session, secret)
        assert users.holder(session, secret)[1] is False
    left(-0.001)
    assert who(store, secret) is None
    with store.session() as session:
        users.renew(session, secret)
    assert who(store, secret) is None
    entered(store, passwords)
    with store.reading() as session:
        assert len(session.scalars(select(SignInRow)).all()) == 1


def test_removal_another_role_another_password_and_signing_out_hold_at_once(store, passwords):
    first, second = (entered(store, passwords, "li@example.org") for _ in range(2))
    boss = entered(store, passwords)
    with store.session() as session:
        users.set_role(session, "LI@example.org", "reader")
    assert who(store, first) == "li@example.org reader"
    with store.session() as session:
        users.sign_out(session, first)
    assert who(store, first) is None and who(store, second) is not None
    users.change_own_password(store, passwords, "li@example.org", GOOD, "another good one", second)
    assert who(store, second) is not None
    with store.session() as session:
        users.set_password(session, passwords, "li@example.org", "a third good one")
    assert who(store, second) is None
    third = entered(store, passwords, "li@example.org", "a third good one")
    with store.session() as session:
        session.add(DraftRow(who="li@example.org", kind="segment", target_id=1, version=0, text="secret draft"))
    with store.session() as session:
        users.remove_user(session, "li@example.org")
        assert session.scalars(select(DraftRow)).all() == []
    assert who(store, third) is None and who(store, boss) is not None


def test_a_user_removed_while_the_password_is_being_checked_is_not_let_in(store, passwords):
    class Slow(Passwords):
        def is_right(self, kept, password):
            right = super().is_right(kept, password)
            with store.session() as session:
                users.remove_user(session, "li@example.org")
            return right

    assert users.sign_in(store, Slow(QUICK), "li@example.org", GOOD) is None


def test_the_last_administrator_stays(store, passwords):
    with store.session() as session:
        with pytest.raises(UserError, match="last administrator"):
            users.set_role(session, "boss", "reader")
        with pytest.raises(UserError, match="last administrator"):
            users.remove_user(session, "boss")
        users.set_role(session, "boss", "administrator")
        users.set_role(session, "li@example.org", "administrator")
        users.remove_user(session, "boss")
        assert users.administrators(session) == ["li@example.org"]


@pytest.mark.parametrize(
    ("name", "role", "password", "words"),
    [
        ("BOSS", "reader", GOOD, "already"),
        ("new", "king", GOOD, "no role king"),
        ("new", "reader", "short", "at least 12"),
        ("new", "reader", "a" * 20, "different"),
        ("new", "reader", "ab" * 600, "at most"),
        ("  ", "reader", GOOD, "1 to 200"),
        ("a\u202eb", "reader", GOOD, "can be seen"),
        ("x" * 201, "reader", GOOD, "1 to 200"),
    ],
)
def test_what_is_no_good_user_is_refused_in_one_sentence(store, passwords, name, role, password, words):
    with store.session() as session, pytest.raises(UserError, match=words):
        users.add_user(session, passwords, name, role, password)


def test_a_role_that_does_not_exist_in_the_table_is_a_readers(store, passwords):
    secret = entered(store, passwords)
    with store.session() as session:
        session.execute(update(UserRow).values(role="god"))
    assert who(store, secret) == "Boss reader"


def test_the_same_password_from_every_keyboard(passwords):
    assert passwords.is_right(passwords.hash("caf\u00e9 caf\u00e9 caf\u00e9"), "cafe\u0301 cafe\u0301 cafe\u0301")
    assert not passwords.is_right("no hash at all", GOOD)
    assert why_not("") and not why_not(GOOD)


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_wait_grows_with_each_failure_and_is_forgotten():
    clock = Clock()
    waits = Waits(clock)
    seen = []
    for _ in range(12):
        seen.append(waits.seconds("boss", "a"))
        clock.now += waits.seconds("boss", "a")
        waits.failed("boss", "a")
    assert seen == [0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert waits.seconds("boss", "a") == 60
    clock.now += 901
    assert waits.seconds("boss", "a") == 0


def test_many_names_from_one_address_and_one_name_from_many_addresses_wait_too():
    waits = Waits(Clock())
    for number in range(20):
        waits.failed(f"name {number}", "a")
    assert waits.seconds("anybody", "a") > 0 and waits.seconds("anybody", "b") == 0
    waits = Waits(Clock())
    for number in range(10):
        waits.failed("BOSS", f"address {number}")
    assert waits.seconds("boss", "new address") > 0 and waits.seconds("li", "new address") == 0


def test_nobody_can_lock_somebody_else_out():
    clock = Clock()
    waits = Waits(clock)
    waits.succeeded("boss", "office")
    for number in range(4000):
        waits.failed("boss", f"botnet {number}")
        waits.failed(f"made up {number}", "office")
    # Where they have signed in before, they need not wait at all; elsewhere a minute at most.
    assert waits.seconds("boss", "office") == 0
    assert 0 < waits.seconds("boss", "hotel") <= 60
    assert len(waits._tries) <= 5000
    clock.now += 61
    assert waits.seconds("boss", "hotel") == 0


def told(*words: str, password: str = "") -> tuple[int, str]:
    done = CliRunner().invoke(commands, list(words), input=password)
    return done.exit_code, done.output


def test_the_commands_add_show_change_and_remove(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ZHENGMING_WORKSPACE", str(tmp_path / "w.db"))
    monkeypatch.setattr("app.__main__.Passwords", lambda: Passwords(QUICK))
    assert "Nobody yet" in told("users", "list")[1]
    assert told("users", "add", "boss", "--role", "administrator", password=f"{GOOD}\n")[0] == 0
    assert told("users", "add", "li@example.org", "--no-password")[0] == 0
    assert told("users", "add", "short", password="short\n")[0] == 1
    assert told("users", "add", "none")[0] == 2
    assert told("users", "role", "boss", "--role", "reader")[0] == 1
    assert told("users", "role", "li@example.org", "--role", "administrator")[0] == 0
    assert told("users", "password", "li@example.org", password=f"{GOOD}\n")[0] == 0
    assert told("users", "remove", "boss")[0] == 0
    assert told("users", "remove", "boss")[0] == 1
    listed = told("users", "list")[1]
    assert listed.split() == ["li@example.org", "administrator", "password"]
    assert GOOD not in listed


def test_the_password_is_never_an_argument():
    assert told("users", "add", "boss", "--password", GOOD)[0] == 2
