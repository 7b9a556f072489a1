"""One contract for every PersonStore, and the addresses that open one."""

import threading

import numpy as np
import pytest

from fashflix.errors import NameTaken, StoreBusy, StoreError
from fashflix.people import Person, Preference, Swipe
from fashflix.store import open_store

RED, BLUE, GREEN = (Swipe(f"shop:{name}", liked, 1_700_000_000.5, 0, 24.5, "USD", "deck")
                    for name, liked in (("red", True), ("blue", False), ("green", True)))


def learnt(value, swipes=1):
    return Preference(np.full(512, value, np.float32), "ema", "ab" * 32, swipes)


@pytest.fixture(params=["memory", "tinydb"])
def store(request, tmp_path):
    opened = open_store("memory://" if request.param == "memory" else f"tinydb:///{(tmp_path / 'people.json').as_posix()}")
    yield opened
    opened.close()


def test_an_unknown_person_is_none(store):
    assert store.get("nobody") is None
    assert store.by_name("nobody") is None


def test_a_saved_person_comes_back_whole(store):
    store.save(Person("a", "Zoë", [RED, BLUE], learnt(.25, 2), 1_600_000_000.25, "scrypt$secret"))

    kept = store.get("a")

    assert (kept.id, kept.name, kept.swipes, kept.created, kept.secret) == ("a", "Zoë", [RED, BLUE], 1_600_000_000.25, "scrypt$secret")
    assert (kept.preference.learner, kept.preference.model_sha256, kept.preference.swipes) == ("ema", "ab" * 32, 2)
    assert kept.preference.vector.dtype == np.float32
    assert np.array_equal(kept.preference.vector, np.full(512, .25, np.float32))


def test_absent_prices_stay_absent(store):
    store.save(Person("a", swipes=[Swipe("shop:x", True, 1., 0, None, None, "search")]))
    assert store.get("a").swipes == [Swipe("shop:x", True, 1., 0, None, None, "search")]


def test_the_first_swipe_makes_the_person(store):
    store.save_swipe(Person("a", created=7.), RED, learnt(1))
    assert (store.get("a").created, store.get("a").swipes) == (7., [RED])


def test_swipes_stay_in_order_and_the_preference_is_the_last_one(store):
    person = Person("a")
    for value, swipe in enumerate([RED, BLUE, RED, GREEN]):
        store.save_swipe(person, swipe, learnt(value))

    assert store.get("a").swipes == [RED, BLUE, RED, GREEN]
    assert store.get("a").preference.vector[0] == 3


def test_two_people_do_not_mix(store):
    store.save_swipe(Person("a"), RED, learnt(1))
    store.save_swipe(Person("b"), BLUE, learnt(2))
    assert (store.get("a").swipes, store.get("b").swipes) == ([RED], [BLUE])


def test_taking_back_the_last_swipe_leaves_the_others(store):
    store.save(Person("a", swipes=[RED, BLUE], preference=learnt(2)))

    store.remove_last_swipe(Person("a"), learnt(1))
    assert (store.get("a").swipes, store.get("a").preference.vector[0]) == ([RED], 1)

    store.remove_last_swipe(Person("a"), None)
    assert (store.get("a").swipes, store.get("a").preference) == ([], None)


def test_taking_back_what_is_not_there_changes_nothing(store):
    store.remove_last_swipe(Person("nobody"), None)
    assert store.get("nobody") is None


def test_a_swipe_after_one_taken_back_takes_its_place(store):
    store.save(Person("a", swipes=[RED, BLUE]))
    store.remove_last_swipe(Person("a"), None)
    store.save_swipe(Person("a"), GREEN, None)
    assert store.get("a").swipes == [RED, GREEN]


def test_saving_a_shorter_log_forgets_the_rest(store):
    store.save(Person("a", swipes=[RED, BLUE, GREEN]))
    store.save(Person("a", swipes=[GREEN]))
    assert store.get("a").swipes == [GREEN]


def test_names_are_found_in_any_letter_case_and_width(store):
    store.save(Person("a", "Zoë"))
    assert store.by_name("ZOË").id == store.by_name(" zoe\u0308 ").id == "a"


def test_a_name_belongs_to_one_person(store):
    store.save(Person("a", "Ada", [RED]))
    store.save(Person("b", swipes=[BLUE]))

    with pytest.raises(NameTaken, match="ada"):
        store.save(Person("b", "ada", [GREEN]))

    assert (store.by_name("Ada").id, store.get("b").name, store.get("b").swipes) == ("a", None, [BLUE])


def test_a_person_may_be_saved_again_under_their_own_name(store):
    store.save(Person("a", "Ada"))
    store.save(Person("a", "ADA", [RED]))
    assert (store.by_name("ada").name, store.by_name("ada").swipes) == ("ADA", [RED])


def test_a_name_given_up_is_free(store):
    store.save(Person("a", "Ada"))
    store.save(Person("a", "Grace"))
    store.save(Person("b", "Ada"))
    assert (store.by_name("Ada").id, store.by_name("Grace").id) == ("b", "a")


def test_a_deleted_person_is_gone_and_their_name_free(store):
    store.save(Person("a", "Ada", [RED, BLUE]))
    store.save(Person("b", "Grace", [GREEN]))

    store.delete("a")
    store.delete("a")
    store.save_swipe(Person("a"), GREEN, None)
    store.save(Person("c", "Ada"))

    assert (store.get("a").name, store.get("a").swipes, store.by_name("Ada").id) == (None, [GREEN], "c")
    assert store.get("b").swipes == [GREEN]


def test_what_is_kept_shares_nothing_with_what_was_given_or_handed_out(store):
    given = Person("a", "Ada", [RED], learnt(1))
    store.save(given)
    given.swipes.append(BLUE)
    given.name = "Grace"
    handed_out = store.get("a")
    handed_out.swipes.clear()

    assert (store.get("a").name, store.get("a").swipes) == ("Ada", [RED])
    with pytest.raises(ValueError, match="read-only"):
        handed_out.preference.vector[0] = 9


def test_eight_threads_lose_no_swipe(store):
    def work(number):
        for turn in range(25):
            store.save_swipe(Person(f"own {number}"), Swipe(f"{turn}", True, 1., 0), learnt(turn))
            store.save_swipe(Person("shared"), Swipe(f"{number}/{turn}", True, 1., 0), None)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    for number in range(8):
        assert [swipe.product_id for swipe in store.get(f"own {number}").swipes] == [f"{turn}" for turn in range(25)]
    shared = [swipe.product_id for swipe in store.get("shared").swipes]
    assert sorted(shared) == sorted(f"{number}/{turn}" for number in range(8) for turn in range(25))


def test_closing_twice_is_harmless(store):
    store.close()
    store.close()


def test_the_file_keeps_everyone_from_one_opening_to_the_next(tmp_path):
    url = f"tinydb:///{(tmp_path / 'new' / 'folder' / 'people.json').as_posix()}"
    first = open_store(url)
    first.save(Person("a", "Ada", [RED, BLUE], learnt(1)))
    first.close()

    again = open_store(url)
    assert (again.by_name("ada").swipes, again.get("a").preference.vector[511]) == ([RED, BLUE], 1)
    again.close()


def test_a_file_is_opened_once_at_a_time(tmp_path):
    url = f"tinydb:///{(tmp_path / 'people.json').as_posix()}"
    first = open_store(url)
    with pytest.raises(StoreBusy, match="in use by another FashFlix"):
        open_store(url)
    first.close()
    open_store(url).close()


def test_a_closed_store_refuses_to_write(tmp_path):
    store = open_store(f"tinydb:///{(tmp_path / 'people.json').as_posix()}")
    store.close()
    with pytest.raises(StoreError, match="was closed"):
        store.save(Person("a"))


@pytest.mark.parametrize("slashes", ["tinydb://", "tinydb:///"])
def test_a_path_may_be_glued_to_the_scheme_with_its_own_slash_or_one_more(slashes, tmp_path):
    open_store(slashes + "/" + (tmp_path / "people.json").as_posix().lstrip("/")).close()
    assert (tmp_path / "people.json").exists()


@pytest.mark.parametrize("url", ["", "people.json", "tinydb://people.json", "tinydb:///", "tinydb:///folder/", "sqlite:///x", "memory"])
def test_another_address_is_refused_with_what_is_accepted(url):
    with pytest.raises(StoreError, match="tinydb:///absolute/path/people.json and memory://"):
        open_store(url)


@pytest.mark.parametrize("url", ["mongodb://host/fashflix", "mongodb+srv://host/fashflix"])
def test_mongodb_is_said_not_to_be_in_this_version(url):
    with pytest.raises(StoreError, match="MongoDB support is not in this version.*tinydb:///"):
        open_store(url)


def test_a_place_that_cannot_be_opened_is_said_with_what_to_do(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be opened .*FASHFLIX_PEOPLE=tinydb:///"):
        open_store(f"tinydb:///{(tmp_path / 'file' / 'people.json').as_posix()}")
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(f"tinydb:///{tmp_path.as_posix()}")


def test_a_person_is_found_by_each_of_their_keys_and_no_former_one(store):
    store.save(Person("a", "Ada", keys=["one", "two"]))
    assert store.by_key("one").id == store.by_key("two").id == "a"
    store.save(Person("a", "Ada", keys=["two", "three"]))
    assert store.by_key("one") is None and store.by_key("three").keys == ["two", "three"]
    store.delete("a")
    assert store.by_key("two") is None


def test_a_guest_who_becomes_an_account_is_forgotten_in_the_same_write(store):
    store.save(Person("guest", swipes=[RED, BLUE]))
    store.save(Person("a", "Ada", [RED, BLUE], keys=["one"], learner="ema"), instead_of="guest")
    assert store.get("guest") is None
    assert (store.by_key("one").swipes, store.by_name("ada").learner) == ([RED, BLUE], "ema")


def test_a_name_that_is_taken_leaves_the_guest_as_they_were(store):
    store.save(Person("a", "Ada"))
    store.save(Person("guest", swipes=[RED]))
    with pytest.raises(NameTaken):
        store.save(Person("b", "Ada", [RED]), instead_of="guest")
    assert store.get("guest").swipes == [RED] and store.get("b") is None
