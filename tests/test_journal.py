"""The people file under everything that happens to files: cut writes, flipped bits, full disks, second processes, deletions."""

import errno
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from tinydb import TinyDB, where
from tinydb.table import Document

from fashflix import documents, journal
from fashflix.documents import JournalDB, JournalStorage
from fashflix.errors import StoreBusy, StoreDamaged, StoreWriteFailed
from fashflix.people import Person, Preference, Swipe
from fashflix.store import TinyDBStore

ROOT = Path(__file__).resolve().parent.parent


def open_db(path):
    return JournalDB(path, storage=JournalStorage)


def contents(path):
    """What opens: {table: {id: document}}."""
    with open_db(path) as db:
        return db.storage.read() or {}


def put(db, key, value):
    db.table("things").upsert(Document({"value": value}, key))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "people.json"


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    """A file of twelve writes: its bytes, and after each write (end of file, state)."""
    path, states = tmp_path_factory.mktemp("history") / "people.json", [(0, {})]
    with open_db(path) as db:
        for number in range(12):
            if number == 7:
                db.table("things").remove(doc_ids=["k1"])
            else:
                put(db, f"k{number % 5}", f"value {number} é\x7f" * (1 + number * 3))
            states.append((path.stat().st_size, db.storage.read()))
    return path.read_bytes(), states


def open_bytes(folder, data):
    path = folder / "people.json"
    path.write_bytes(data)
    return contents(path)


@settings(max_examples=150, deadline=None)
@given(data=some.data())
def test_any_prefix_of_the_file_opens_to_the_writes_it_holds_whole(history, tmp_path_factory, data):
    written, states = history
    cut = data.draw(some.integers(0, len(written)))
    expected = [state for end, state in states if end <= cut][-1]
    assert open_bytes(tmp_path_factory.mktemp("cut"), written[:cut]) == expected


@settings(max_examples=150, deadline=None)
@given(data=some.data())
def test_any_flipped_bit_is_damage_and_the_file_is_left_alone(history, tmp_path_factory, data):
    written, _ = history
    at, bit = data.draw(some.integers(0, len(written) - 1)), data.draw(some.integers(0, 7))
    flipped = written[:at] + bytes([written[at] ^ 1 << bit]) + written[at + 1:]
    folder = tmp_path_factory.mktemp("flip")
    with pytest.raises(StoreDamaged):
        open_bytes(folder, flipped)
    assert (folder / "people.json").read_bytes() == flipped
    assert not (folder / "people.json.torn").exists()


@settings(max_examples=100, deadline=None)
@given(data=some.data())
def test_bytes_missing_from_the_middle_are_damage_even_when_the_rest_looks_cut(history, tmp_path_factory, data):
    written, states = history
    start = data.draw(some.integers(0, states[-2][0] - 1))
    stop = data.draw(some.integers(start + 1, states[-2][0]))
    ends = {end for end, _ in states}
    if start in ends and stop in ends:
        return          # whole records missing: the rest is a valid file
    with pytest.raises(StoreDamaged):
        open_bytes(tmp_path_factory.mktemp("gap"), written[:start] + written[stop:])


@settings(max_examples=100, deadline=None)
@given(junk=some.binary(min_size=1, max_size=200))
def test_junk_behind_the_last_record_never_costs_a_write(history, tmp_path_factory, junk):
    written, states = history
    folder = tmp_path_factory.mktemp("junk")
    try:
        assert open_bytes(folder, written + junk) == states[-1][1]
    except StoreDamaged:
        assert (folder / "people.json").read_bytes() == written + junk


@settings(max_examples=60, deadline=None)
@given(writes=some.lists(some.tuples(some.sampled_from("abc"), some.one_of(some.none(), some.text(), some.integers(), some.floats(
    allow_nan=False, allow_infinity=False), some.lists(some.text(max_size=3), max_size=3))), max_size=15))
def test_whatever_is_written_comes_back(tmp_path_factory, writes):
    path, expected = tmp_path_factory.mktemp("any") / "people.json", {}
    with open_db(path) as db:
        for key, value in writes:
            put(db, key, value)
            expected[key] = {"value": value}
    assert contents(path).get("things", {}) == expected


def test_a_cut_write_is_kept_beside_the_file_and_writing_goes_on(history, path):
    written, states = history
    whole = states[-2][0]
    path.write_bytes(written[:-3])

    with open_db(path) as db:
        put(db, "new", 1)

    assert (path.parent / "people.json.torn").read_bytes() == written[whole:-3]
    assert contents(path)["things"] == states[-2][1]["things"] | {"new": {"value": 1}}


def test_reserved_space_that_was_never_filled_counts_as_a_cut_write(history, tmp_path):
    written, states = history
    cut = states[-2][0] + 40
    assert open_bytes(tmp_path, written[:cut] + bytes(len(written) - cut)) == states[-2][1]


def test_damage_is_told_with_file_offset_and_what_to_do(history, path):
    written, states = history
    at = states[3][0]
    path.write_bytes(written[:at + 20] + b"?" + written[at + 21:])
    with pytest.raises(StoreDamaged) as caught:
        open_db(path)
    message = str(caught.value)
    assert f"{path} is damaged at byte {at}:" in message
    assert "Nothing was changed" in message and "backup" in message and f"mv '{path}'" in message


@pytest.mark.parametrize("content", [b"hello people", b"c", b"\0" * 5000, b"{}", os.urandom(300).replace(b"c", b"x"), b'{"_default": {}}'],
                         ids=["text", "one letter", "zeros", "json", "noise", "tinydb"])
def test_a_file_that_is_not_ours_is_never_overwritten(path, content):
    path.write_bytes(content)
    if content == b"c":
        assert contents(path) == {}         # the first byte of a first write that was cut short
        return
    with pytest.raises(StoreDamaged, match="at byte 0"):
        open_db(path)
    assert path.read_bytes() == content


def test_an_ordinary_tinydb_file_is_never_overwritten(path):
    with TinyDB(path) as plain:
        plain.insert({"name": "Ada"})
    before = path.read_bytes()
    with pytest.raises(StoreDamaged):
        open_db(path)
    assert path.read_bytes() == before


def test_a_snapshot_that_was_cut_short_is_damage(path):
    with open_db(path) as db:
        for number in range(10):
            put(db, f"k{number}", "x" * 50)
        db.storage._journal.rewrite(db.storage._parts())
    written = path.read_bytes()
    for cut in (1, 10, 100, len(written) - 18, len(written) - 1):
        path.write_bytes(written[:cut])
        with pytest.raises(StoreDamaged):
            open_db(path)


def test_a_second_snapshot_behind_the_first_is_damage(path):
    with open_db(path) as db:
        put(db, "k", 1)
        db.storage._journal.rewrite(db.storage._parts())
    path.write_bytes(path.read_bytes() * 2)
    with pytest.raises(StoreDamaged, match="middle of the file"):
        open_db(path)


@pytest.mark.parametrize("payload", [b"[1]", b"{", b'{"a":1}', b"\xff"])
def test_a_checked_record_of_other_content_is_damage(path, payload):
    path.write_bytes(journal._record(journal.CHANGE, payload))
    with pytest.raises(StoreDamaged, match="not what FashFlix writes"):
        open_db(path)


def refuse(number, times=10 ** 9, after=0, only=lambda *_: True):
    """A stand-in for an os function that fails `times` times, after letting `after` calls through."""
    calls = []

    def wrap(original):
        def call(*given):
            if not only(*given):
                return original(*given)
            calls.append(given)
            if after < len(calls) <= after + times:
                raise OSError(number, os.strerror(number))
            return original(*given)
        return call
    return wrap


@pytest.mark.parametrize("function", ["write", "fdatasync"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_a_refused_write_changes_nothing_and_later_ones_work(path, monkeypatch, function, number):
    if not hasattr(os, function):
        function = "fsync"
    db = open_db(path)
    put(db, "a", 1)
    before = path.read_bytes()

    with monkeypatch.context() as broken:
        broken.setattr(os, function, refuse(number)(getattr(os, function)))
        with pytest.raises(StoreWriteFailed, match="Nothing was changed"):
            put(db, "a", 2)
        assert path.read_bytes() == before
        assert db.table("things").get(doc_id="a") == {"value": 1}

    put(db, "b", 3)
    db.close()
    assert contents(path)["things"] == {"a": {"value": 1}, "b": {"value": 3}}


def test_a_disk_that_fills_in_the_middle_of_a_write_leaves_no_piece_of_it(path, monkeypatch):
    db, write = open_db(path), os.write
    put(db, "a", 1)
    before = path.read_bytes()
    pieces = []

    def fill(file, data):
        pieces.append(len(data))
        if len(pieces) > 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(file, data[:5])

    with monkeypatch.context() as full:
        full.setattr(os, "write", fill)
        with pytest.raises(StoreWriteFailed, match="No space left"):
            put(db, "b", 2)
    db.close()
    assert len(pieces) == 4
    assert path.read_bytes() == before


def test_a_file_that_could_not_be_cut_back_is_cut_before_the_next_write(path, monkeypatch):
    db = open_db(path)
    put(db, "a", 1)
    with monkeypatch.context() as broken:
        for function in {"fdatasync", "fsync", "ftruncate"} & set(dir(os)):
            broken.setattr(os, function, refuse(errno.EIO)(getattr(os, function)))
        for value in (2, 3):
            with pytest.raises(StoreWriteFailed):
                put(db, "a", "long " * 50 * value)
    put(db, "b", 4)
    db.close()
    assert contents(path)["things"] == {"a": {"value": 1}, "b": {"value": 4}}


def test_writes_that_arrive_in_pieces_are_whole(path, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, data[:7]))
    with open_db(path) as db:
        put(db, "a", "x" * 100)
    assert contents(path)["things"] == {"a": {"value": "x" * 100}}


def test_a_file_moved_away_under_a_running_process_is_told(path):
    with open_db(path) as db:
        put(db, "a", 1)
        if os.name == "nt":
            return                  # Windows moves no open file
        path.rename(path.parent / "elsewhere")
        with pytest.raises(StoreWriteFailed):
            put(db, "a", 2)
        (path.parent / "elsewhere").rename(path)
        put(db, "a", 3)
    assert contents(path)["things"] == {"a": {"value": 3}}


def test_what_json_cannot_hold_is_refused_before_a_byte_is_written(path):
    with open_db(path) as db:
        put(db, "a", 1)
        before = path.read_bytes()
        for value in (float("nan"), object(), {1, 2}):
            with pytest.raises((TypeError, ValueError)):
                put(db, "a", value)
        assert path.read_bytes() == before
        assert db.table("things").get(doc_id="a") == {"value": 1}


def test_changes_made_together_are_one_write_or_none(path):
    with open_db(path) as db:
        put(db, "a", 1)
        before = path.read_bytes()
        with pytest.raises(RuntimeError), db.storage.together():
            put(db, "a", 2)
            assert db.table("things").get(doc_id="a") == {"value": 2}
            raise RuntimeError("halfway")
        assert path.read_bytes() == before
        assert db.table("things").get(doc_id="a") == {"value": 1}


def test_what_is_read_can_be_changed_without_changing_the_store(path):
    with open_db(path) as db:
        things = db.table("things")
        put(db, "a", [1])
        for _ in range(2):
            for copy in (things.get(doc_id="a"), things.all()[0], things.search(where("value") == [1])[0], db.storage.read()["things"]["a"]):
                copy["value"].append(2)
        assert things.all() == [{"value": [1]}]


def test_the_usual_table_methods_work(path):
    with open_db(path) as db:
        things = db.table("things")
        first, second = things.insert_multiple([{"n": 1}, {"n": 2}])
        assert things.update({"odd": True}, where("n") == 1) == [first]
        assert (things.get(doc_id=first), things.get(where("n") == 2).doc_id) == ({"n": 1, "odd": True}, second)
        assert (things.count(where("n") > 0), len(things), things.contains(doc_id="no")) == (2, 2, False)
        assert [one.doc_id for one in things.get(doc_ids=[second, "no", first])] == [second, first]
        with pytest.raises(ValueError, match="already exists"):
            things.insert(Document({}, first))
        things.truncate()
        db.insert({"other": 1})
        assert (db.tables(), len(things)) == ({"_default"}, 0)
        db.drop_tables()
        assert db.tables() == set()
    assert contents(path) == {}


def test_a_dropped_table_leaves_no_bytes(path):
    with open_db(path) as db:
        put(db, "a", "private")
        db.table("others").insert({"value": "public"})
        db.drop_table("things")
    assert b"private" not in path.read_bytes() and b"public" in path.read_bytes()


def test_compaction_shortens_the_file_and_keeps_everything(path, monkeypatch):
    monkeypatch.setattr(documents, "COMPACT_FROM", 2000)
    monkeypatch.setattr(documents, "DOCUMENTS_PER_PART", 3)
    with open_db(path) as db:
        for number in range(300):
            put(db, f"k{number % 10}", f"{number}" + "x" * 20)
            assert path.stat().st_size <= 2600
        expected = db.storage.read()
    assert len(expected["things"]) == 10
    assert contents(path) == expected
    assert not (path.parent / "people.json.tmp").exists()


@pytest.mark.parametrize("function", ["replace", "fsync"])
def test_compaction_without_room_is_harmless(path, monkeypatch, function):
    monkeypatch.setattr(documents, "COMPACT_FROM", 1000)
    db = open_db(path)
    put(db, "k", "x")
    with monkeypatch.context() as full:
        full.setattr(os, function, refuse(errno.ENOSPC)(getattr(os, function)))
        for number in range(60 if hasattr(os, "fdatasync") or function == "replace" else 0):
            put(db, "k", f"{number}" + "x" * 40)
        assert path.stat().st_size > 2000 or not hasattr(os, "fdatasync")
        assert not (path.parent / "people.json.tmp").exists()
    for number in range(60):
        put(db, "k", f"{number}" + "x" * 40)
    db.close()
    assert path.stat().st_size < 5000
    assert contents(path)["things"]["k"]["value"].startswith("59")


def test_a_snapshot_a_crash_left_half_written_is_removed(path):
    (path.parent / "people.json.tmp").write_bytes(b"half a snapshot")
    assert contents(path) == {}
    assert not (path.parent / "people.json.tmp").exists()


def test_a_swipe_writes_as_much_among_many_people_and_after_many_swipes(path, monkeypatch):
    monkeypatch.setattr(documents, "COMPACT_FROM", 1 << 30)
    preference = Preference(np.ones(512), "ema", "ab" * 32, 1)
    store, written, write = TinyDBStore(path), [], os.write

    def swipe(person_id, number):
        store.save_swipe(Person(person_id), Swipe("shop:x", True, 1., 0), preference)

    monkeypatch.setattr(os, "write", lambda file, data: written.append(len(data)) or write(file, data))
    for number in range(3):
        swipe("someone", number)
    for number in range(150):
        swipe(f"other {number}", 0)
        swipe("someone", number)
    store.close()
    assert written[-1] - written[1] < 10
    assert max(written) < 4000


def test_a_deleted_person_leaves_no_bytes_in_any_file(path):
    store = TinyDBStore(path)
    store.save(Person("id-of-ada", "Ada Lovelace", [], None, 1., "hash-of-ada"))
    store.save_swipe(Person("id-of-ada"), Swipe("shop:secret-dress", True, 1., 0), None)
    store.remove_last_swipe(Person("id-of-ada"), None)
    store.save_swipe(Person("id-of-grace"), Swipe("shop:hat", True, 1., 0), None)
    store.save_swipe(Person("id-of-ada"), Swipe("shop:secret-shoes", True, 1., 0), None)
    store.close()
    path.write_bytes(path.read_bytes()[:-10])       # torn inside a record of Ada's
    store = TinyDBStore(path)
    assert b"id-of-ada" in (path.parent / "people.json.torn").read_bytes()

    store.delete("id-of-ada")

    left = b"".join(one.read_bytes() for one in path.parent.iterdir() if one.name != "people.json.lock")
    assert not any(trace in left for trace in (b"id-of-ada", b"Ada", b"ada", b"hash-of", b"secret-"))
    assert store.get("id-of-grace").swipes[0].product_id == "shop:hat"
    store.close()


def test_a_guest_whose_only_swipe_was_cut_leaves_no_bytes_either(path):
    store = TinyDBStore(path)
    store.save_swipe(Person("id-of-ada"), Swipe("shop:hat", True, 1., 0), None)
    store.close()
    path.write_bytes(path.read_bytes()[:-1])
    store = TinyDBStore(path)
    store.delete("id-of-ada")
    store.close()
    assert not any(b"id-of-ada" in one.read_bytes() for one in path.parent.iterdir())


def test_a_deletion_without_room_is_refused_and_changes_nothing(path, monkeypatch):
    store = TinyDBStore(path)
    store.save(Person("a", "Ada"))
    with monkeypatch.context() as full:
        full.setattr(os, "write", refuse(errno.ENOSPC)(os.write))
        with pytest.raises(StoreWriteFailed, match="Nothing was changed"):
            store.delete("a")
        assert store.by_name("Ada").id == "a"
    store.delete("a")
    store.close()
    assert contents(path) == {}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_only_the_owner_may_read(tmp_path, monkeypatch):
    path = tmp_path / "new" / "people.json"
    with open_db(path) as db:
        put(db, "a", 1)
    path.write_bytes(path.read_bytes()[:-1])
    with open_db(path) as db:
        db.storage._journal.rewrite(db.storage._parts())
    for one in path.parent.iterdir():
        assert stat.S_IMODE(one.stat().st_mode) == 0o600, one
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_to_the_file_stays_a_link(tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "people.json").symlink_to(tmp_path / "disk" / "people.json")
    with open_db(tmp_path / "people.json") as db:
        put(db, "a", 1)
        db.storage._journal.rewrite(db.storage._parts())
        with pytest.raises(StoreBusy):
            open_db(tmp_path / "disk" / "people.json")
    assert (tmp_path / "people.json").is_symlink()
    assert contents(tmp_path / "disk" / "people.json")["things"] == {"a": {"value": 1}}


SECOND = "import sys; from fashflix.store import open_store; open_store('tinydb:///' + sys.argv[1]).close()"


def test_a_second_process_is_refused_until_the_first_is_done(path):
    def second():
        return subprocess.run([sys.executable, "-c", SECOND, str(path)], cwd=ROOT, capture_output=True, text=True, timeout=60)

    with open_db(path):
        refused = second()
    assert refused.returncode == 1
    assert "StoreBusy" in refused.stderr and "Stop that one first" in refused.stderr and "mongodb://" in refused.stderr
    assert second().returncode == 0


def test_eight_threads_write_and_read_at_once(path, monkeypatch):
    monkeypatch.setattr(documents, "COMPACT_FROM", 5000)
    problems = []
    db = open_db(path)

    def work(number):
        try:
            for turn in range(25):
                put(db, f"{number}/{turn}", turn)
                assert db.table("things").get(doc_id=f"{number}/{turn}") == {"value": turn}
                assert len(db.table("things").search(where("value") == turn)) >= 1
        except Exception as error:
            problems.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.close()

    assert problems == []
    assert contents(path)["things"] == {f"{number}/{turn}": {"value": turn} for number in range(8) for turn in range(25)}
