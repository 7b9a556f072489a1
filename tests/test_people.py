"""What a person may do, over a store in memory; what must last, over a file."""

import gc
import json
import threading

import numpy as np
import pytest

from fashflix import passphrase as module
from fashflix.errors import AccountError, NameTaken, PersonGone, StoreError, StoreWriteFailed, TooManyGuesses
from fashflix.gate import FREE_GUESSES
from fashflix.opinions import merged
from fashflix.people import People, Preference, Swipe, new_token
from fashflix.store import MemoryStore, open_store

RED = Swipe("shop:red", True, 1_700_000_000.5, 0, 24.5, "USD", "deck")
BLUE = Swipe("shop:blue", False, 1_700_000_001.0, 0, None, None, "search")
GOOD = "four unrelated words"


def learnt(value=.5, swipes=1):
    return Preference(np.full(512, value), "ema", "ab" * 32, swipes)


@pytest.fixture(autouse=True)
def cheap_passphrases(monkeypatch):
    monkeypatch.setattr(module, "SCRYPT", {"n": 16, "r": 1, "p": 1})


@pytest.fixture
def people():
    return People(MemoryStore())


@pytest.fixture
def reopened(tmp_path):
    """A function that opens people in one and the same file, closing the former opening."""
    opened = []

    def reopen():
        if opened:
            opened.pop().close()
        opened.append(People(open_store(f"tinydb:///{(tmp_path / 'people.json').as_posix()}")))
        return opened[0]

    yield reopen
    opened.pop().close()


def test_tokens_are_128_random_bits():
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert all(len(bytes.fromhex(token)) == 16 for token in tokens)


def test_an_unknown_token_is_nobody(people):
    assert people.by_token(new_token()) is None


def test_a_visitor_who_swipes_nothing_is_not_stored(reopened, tmp_path):
    token = new_token()
    reopened().guest(token)
    assert (tmp_path / "people.json").read_bytes() == b""
    assert reopened().by_token(token) is None


def test_the_first_swipe_makes_a_guest_last(reopened):
    people, token = reopened(), new_token()
    people.swipe(people.guest(token), RED, learnt())

    kept = reopened().by_token(token)

    assert (kept.swipes, kept.name) == ([RED], None)
    assert np.array_equal(kept.preference.vector, np.full(512, .5, np.float32))


def test_the_file_holds_no_token(reopened, tmp_path):
    people, token = reopened(), new_token()
    people.swipe(people.guest(token), RED, learnt())
    assert token.encode() not in (tmp_path / "people.json").read_bytes()


def test_a_guest_asked_for_again_keeps_their_swipes(reopened):
    people, token = reopened(), new_token()
    people.swipe(people.guest(token), RED, learnt())
    assert reopened().guest(token).swipes == [RED]


def test_any_text_may_stand_in_a_cookie(people):
    for token in ("", "\udcff", "x" * 100_000, "é"):
        assert people.by_token(token) is None
        assert people.guest(token) is people.by_token(token)


def test_two_tabs_share_one_person(people):
    token = new_token()
    first_tab, second_tab = people.guest(token), people.by_token(token)

    people.swipe(first_tab, RED, learnt())
    people.swipe(second_tab, BLUE, learnt())

    assert first_tab is second_tab
    assert first_tab.swipes == [RED, BLUE]


def test_a_person_nobody_looks_at_leaves_memory_but_not_the_store(people):
    token = new_token()
    people.swipe(people.guest(token), RED, learnt())
    gc.collect()
    assert len(people._living) == 0
    assert people.by_token(token).swipes == [RED]


def test_tabs_in_eight_threads_lose_no_swipe(reopened):
    people, token = reopened(), new_token()

    def tab(number):
        for turn in range(20):
            someone = people.by_token(token) or people.guest(token)
            people.swipe(someone, Swipe(f"{number}/{turn}", True, 1., 0), learnt())

    threads = [threading.Thread(target=tab, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    expected = sorted(f"{number}/{turn}" for number in range(8) for turn in range(20))
    assert sorted(swipe.product_id for swipe in reopened().by_token(token).swipes) == expected


def test_a_swipe_that_the_store_refuses_is_not_in_the_log(people, monkeypatch):
    someone = people.guest(new_token())
    people.swipe(someone, RED, learnt(.1))

    def refuse(*_):
        raise StoreWriteFailed("disk full")

    monkeypatch.setattr(people._store, "save_swipe", refuse)
    monkeypatch.setattr(people._store, "remove_last_swipe", refuse)
    monkeypatch.setattr(people._store, "delete", refuse)
    for attempt in (lambda: people.swipe(someone, BLUE, learnt(.2)), lambda: people.undo(someone, None), lambda: people.delete(someone)):
        with pytest.raises(StoreWriteFailed):
            attempt()

    assert someone.swipes == [RED]
    assert someone.preference.vector[0] == np.float32(.1)


def test_undo_takes_back_the_last_swipe_for_good(reopened):
    people, token = reopened(), new_token()
    someone = people.guest(token)
    people.swipe(someone, RED, learnt(.1))
    people.swipe(someone, BLUE, learnt(.2))

    people.undo(someone, learnt(.1))

    assert someone.swipes == [RED]
    kept = reopened().by_token(token)
    assert (kept.swipes, kept.preference.vector[0]) == ([RED], np.float32(.1))


def test_undo_of_nothing_changes_nothing(people):
    someone = people.guest(new_token())
    people.undo(someone, None)
    assert someone.swipes == []


def test_signing_up_keeps_swipes_and_the_new_cookie_opens_them(reopened):
    people, token = reopened(), new_token()
    people.swipe(people.guest(token), RED, learnt())
    _, token = people.sign_up(people.by_token(token), " Zoë ", GOOD)

    people = reopened()

    assert people.by_token(token).name == "Zoë"
    assert people.sign_in("ZOË", GOOD) is people.by_token(token)
    assert people.by_token(token).swipes == [RED]


def test_a_token_seen_before_signing_up_or_in_opens_nothing_afterwards(reopened):
    people, seen, seen_too = reopened(), new_token(), new_token()
    guest, visitor = people.guest(seen), people.guest(seen_too)
    people.swipe(guest, RED, learnt())
    people.swipe(visitor, BLUE, learnt())
    account, token = people.sign_up(guest, "Ada", GOOD)
    other_token = people.enter(account, visitor, lambda log: learnt())

    for people in (people, reopened()):
        assert people.by_token(seen) is None and people.by_token(seen_too) is None
        assert people.guest(seen).swipes == [] and people.guest(seen).name is None
        assert people.by_token(token) is people.by_token(other_token)
    assert guest.id != account.id != visitor.id


def test_signing_in_elsewhere_merges_the_guest_in_the_order_of_time(reopened):
    people = reopened()
    early, late = (Swipe(f"shop:{time}", True, time, 0) for time in (5.0, 9.0))
    account, token = people.sign_up(people.guest(new_token()), "Ada", GOOD)
    people.swipe(account, late, learnt())
    other = people.guest(new_token())
    people.swipe(other, early, learnt())

    people.enter(people.sign_in("ada", GOOD), other, lambda log: learnt(.75, len(log)))

    kept = reopened().by_token(token)
    assert kept.swipes == [early, late] and kept.preference.swipes == 2 and kept.preference.vector[0] == .75
    assert reopened()._store.get(other.id) is None


def test_a_merged_log_is_batched_anew():
    swipes = [Swipe(f"shop:{time}", True, float(time), 0) for time in range(12)]
    assert [one.batch for one in merged(swipes[::2], swipes[1::2])] == [0] * 5 + [1] * 5 + [2] * 2


def test_signing_out_closes_this_browser_and_no_other(reopened):
    people = reopened()
    account, first = people.sign_up(people.guest(new_token()), "Ada", GOOD)
    second = people.enter(account, people.guest(new_token()), lambda log: learnt())
    people.leave(account, first)
    assert people.by_token(first) is None and not people.admits(account, first)
    assert reopened().by_token(second).name == "Ada"


def test_a_tab_that_still_holds_the_guest_loses_no_swipe_silently(people):
    token = new_token()
    tab = people.guest(token)
    people.sign_up(tab, "Ada", GOOD)
    assert not people.admits(tab, token)
    with pytest.raises(PersonGone, match="Reload this page"):
        people.swipe(tab, RED, learnt())


def test_guesses_on_a_name_are_limited_whether_it_exists_or_not(people, monkeypatch):
    people.sign_up(people.guest(new_token()), "Ada", GOOD)
    people.sign_up(people.guest(new_token()), "Grace", GOOD)
    for name in ("Ada", "nobody"):
        assert [people.sign_in(name, f"wrong {number}") for number in range(FREE_GUESSES)] == [None] * FREE_GUESSES
        with pytest.raises(TooManyGuesses, match="Wait half a minute"):
            people.sign_in(name.upper(), GOOD)
    assert people.sign_in("Grace", GOOD).name == "Grace"


def test_a_right_passphrase_uses_no_guess_up(people):
    people.sign_up(people.guest(new_token()), "Ada", GOOD)
    assert all(people.sign_in("Ada", GOOD) for _ in range(3 * FREE_GUESSES))


def test_a_log_and_a_choice_of_learner_are_changed_for_good(reopened):
    people, token = reopened(), new_token()
    someone = people.guest(token)
    people.swipe(someone, RED, learnt())
    people.swipe(someone, BLUE, learnt())
    log = someone.swipes
    people.change(someone, swipes=[BLUE], preference=learnt(.25), learner="ema")
    assert log == [BLUE]
    kept = reopened().by_token(token)
    assert (kept.swipes, kept.preference.vector[0], kept.learner) == ([BLUE], .25, "ema")


def test_a_guest_without_swipes_may_sign_up(reopened):
    people, token = reopened(), new_token()
    people.sign_up(people.guest(token), "Ada", GOOD)
    assert reopened().sign_in("Ada", GOOD).name == "Ada"


def test_a_wrong_passphrase_and_an_unknown_name_are_nobody(people):
    people.sign_up(people.guest(new_token()), "Ada", GOOD)
    assert people.sign_in("Ada", GOOD + " ") is None
    assert people.sign_in("Ada", "") is None
    assert people.sign_in("Grace", GOOD) is None
    assert people.sign_in("", "") is None


def test_an_unknown_name_costs_as_much_hashing_as_a_wrong_passphrase(people, monkeypatch):
    people.sign_up(people.guest(new_token()), "Ada", GOOD)
    costs, scrypt = [], module.hashlib.scrypt
    monkeypatch.setattr(module.hashlib, "scrypt", lambda *given, **cost: costs.append(cost) or scrypt(*given, **cost))

    people.sign_in("Ada", "wrong passphrase")
    people.sign_in("Grace", "wrong passphrase")

    known, unknown = ({key: cost[key] for key in ("n", "r", "p", "dklen")} for cost in costs)
    assert known == unknown


def test_a_passphrase_typed_with_other_code_points_is_the_same(people):
    people.sign_up(people.guest(new_token()), "Ada", "caf\u00e9 au lait")
    assert people.sign_in("Ada", "cafe\u0301 au lait").name == "Ada"


def test_raising_the_cost_leaves_old_accounts_open(people, monkeypatch):
    people.sign_up(people.guest(new_token()), "Ada", GOOD)
    monkeypatch.setattr(module, "SCRYPT", {"n": 64, "r": 2, "p": 1})
    assert people.sign_in("Ada", GOOD).name == "Ada"


def test_the_same_passphrase_is_hashed_differently_for_two_people(people):
    ada, grace = people.guest(new_token()), people.guest(new_token())
    ada, _ = people.sign_up(ada, "Ada", GOOD)
    grace, _ = people.sign_up(grace, "Grace", GOOD)
    assert ada.secret != grace.secret
    assert GOOD not in repr(ada) and ada.secret not in repr(ada)


def test_a_name_that_is_taken_leaves_the_guest_a_guest(people):
    people.sign_up(people.guest(new_token()), "Ada", GOOD)
    guest = people.guest(new_token())
    with pytest.raises(NameTaken, match="ADA"):
        people.sign_up(guest, "ADA", GOOD)
    assert (guest.name, guest.secret) == (None, None)


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "line\nbreak", "\u202eabc", "nul\0"])
def test_a_name_that_cannot_be_used_is_refused(people, name):
    with pytest.raises(AccountError, match="1 to 40 printable characters"):
        people.sign_up(people.guest(new_token()), name, GOOD)


def test_a_short_passphrase_is_refused_with_what_to_do(people):
    with pytest.raises(AccountError, match="has 7 characters; give it 8 or more"):
        people.sign_up(people.guest(new_token()), "Ada", "1234567")
    people.sign_up(people.guest(new_token()), "Ada", "12345678")


def test_an_account_does_not_become_another_account(people):
    someone, _ = people.sign_up(people.guest(new_token()), "Ada", GOOD)
    with pytest.raises(AccountError, match="already have the account 'Ada'"):
        people.sign_up(someone, "Grace", GOOD)
    assert someone.name == "Ada"


def test_an_export_is_json_with_everything_but_hashes(people):
    token = new_token()
    someone = people.guest(token)
    people.swipe(someone, RED, learnt(.5, 1))
    people.swipe(someone, BLUE, learnt(.5, 2))
    someone, _ = people.sign_up(someone, "Ada", GOOD)

    text = json.dumps(people.export(someone))
    export = json.loads(text)

    assert export["name"] == "Ada"
    assert export["swipes"][0] == {"product_id": "shop:red", "liked": True, "time": "2023-11-14T22:13:20.500000+00:00", "batch": 0,
                                   "price": 24.5, "currency": "USD", "place": "deck", "weight": 1.0}
    assert (export["swipes"][1]["price"], export["swipes"][1]["liked"]) == (None, False)
    assert export["preference"] == {"vector": [.5] * 512, "learner": "ema", "model_sha256": "ab" * 32, "swipes": 2}
    assert export["created"].endswith("+00:00")
    assert someone.secret not in text and someone.id not in text and token not in text


def test_the_export_of_a_new_guest_says_that_nothing_was_learnt(people):
    export = people.export(people.guest(new_token()))
    assert (export["name"], export["swipes"], export["preference"]) == (None, [], None)


def test_deleting_leaves_no_byte_in_journal_or_snapshot_and_every_open_tab_must_start_anew(reopened, tmp_path):
    people, guest_token = reopened(), new_token()
    guest = people.guest(guest_token)
    people.swipe(guest, RED, learnt())
    someone, token = people.sign_up(guest, "Ada", GOOD)
    other_tab = people.by_token(token)
    traces = [one.encode() for one in ("Ada", "ada", "shop:red", "scrypt", someone.id, guest.id, *someone.keys)]
    assert all(trace in (tmp_path / "people.json").read_bytes() for trace in traces)

    people.delete(someone)

    assert people.sign_in("Ada", GOOD) is None and people.by_token(token) is None and people.by_token(guest_token) is None
    assert (other_tab.name, other_tab.swipes, other_tab.preference, other_tab.secret, other_tab.keys) == (None, [], None, None, [])
    with pytest.raises(PersonGone):
        people.swipe(other_tab, BLUE, learnt())
    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert not any(trace in stored for trace in traces)
    people = reopened()
    assert people.sign_in("Ada", GOOD) is None
    people.sign_up(people.guest(new_token()), "Ada", GOOD)


def test_a_preference_shares_no_memory_with_its_maker():
    mine = np.zeros(512, np.float32)
    preference = Preference(mine, "ema", "ab" * 32, 0)
    mine[0] = 1
    assert preference.vector[0] == 0
    with pytest.raises(ValueError, match="read-only"):
        preference.vector[0] = 1


def test_closing_lets_the_next_one_open(tmp_path):
    url = f"tinydb:///{(tmp_path / 'people.json').as_posix()}"
    people = People(open_store(url))
    people.close()
    with pytest.raises(StoreError, match="was closed"):
        people.swipe(people.guest(new_token()), RED, learnt())
    People(open_store(url)).close()
