"""One append-only file of checked records, and the lock on it: a write is on disk before it returns, and costs what it adds.

    record   kind (1 byte), mark (3), length of the payload (4), its crc32 (4), crc32 of these 12 bytes (4), payload
    payload  JSON in ASCII, {table: {document id: document, or null where it was removed}}
    file     perhaps a snapshot (records "s", closed by one "e"), then one record "c" for each write since

A crash can only leave the beginning of one "c" record at the end of the file. It was never acknowledged, so opening cuts it off.
Anything else that does not check is damage, and is left as it is for a person to look at.
"""

import json
import os
import struct
from contextlib import suppress
from zlib import crc32

from fashflix.errors import StoreBusy, StoreDamaged, StoreWriteFailed

try:
    import fcntl
except ImportError:                 # Windows
    import msvcrt

CHANGE, PART, END = b"c", b"s", b"e"
MARK = b"\xffF1"                    # 0xff occurs in no ASCII payload, so a payload never looks like a record
HEAD = struct.Struct("<c3sII")
SIZE = HEAD.size + 4
BINARY = getattr(os, "O_BINARY", 0)


class ProcessLock:
    """Held from opening to `close` or the end of the process, however it ends. Raises StoreBusy when it is held elsewhere."""

    def __init__(self, path):
        self._file = os.open(path + ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.name == "nt":
                msvcrt.locking(self._file, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError) as error:
            self.close()
            raise StoreBusy(f"{path} is in use by another FashFlix. Stop that one first, or give this one a file of its own: "
                            "FASHFLIX_PEOPLE=tinydb:///absolute/path/people.json. Several processes can share people only through "
                            "a mongodb://... address.") from error
        except OSError:
            self.close()
            raise

    def close(self):
        """Let go. The lock file stays: removing it would race with a process that is about to lock it."""
        os.close(self._file)


class Journal:
    """An append-only file of records. Not safe for threads by itself.

    path: str. take: called with each payload (dict) found. Raises StoreDamaged, OSError.
    """

    def __init__(self, path, take):
        self.path, self.size, self.snapshot_size = path, 0, 0
        self._file, self._settled = os.open(path, os.O_RDWR | os.O_CREAT | BINARY, 0o600), False
        try:
            self._replay(take)
            self._settle()
            with suppress(FileNotFoundError):
                os.unlink(path + ".tmp")            # a snapshot that a crash left half written
        except BaseException:
            self.close()
            raise

    def _replay(self, take):
        with open(self.path, "rb") as file:
            kind, before = None, None
            while record := self._read(file):
                kind, payload = record
                if kind != CHANGE and before not in (None, PART):
                    raise self._damaged("a snapshot begins in the middle of the file")
                take(self._parse(payload))
                before, self.size = kind, file.tell()
                self.snapshot_size = self.size if kind == END else self.snapshot_size
            if before == PART:
                raise self._damaged("the file ends here, inside a snapshot")

    def _read(self, file):
        """The next record as (kind, payload bytes), or None at the end; a torn tail is set aside and counts as the end."""
        head = file.read(SIZE)
        length, check = _header(head)
        payload = file.read(length)
        if head and length and len(payload) == length and crc32(payload) == check:
            return head[:1], payload
        file.seek(self.size)
        rest = file.read()
        if not rest:
            return None
        if not _is_torn(rest):
            raise self._damaged("its content does not match its checksum" if length else "no FashFlix record begins there")
        with suppress(OSError):                     # worth keeping for a look, not worth refusing to open
            _write_new(self.path + ".torn", [rest])
        return None

    def _parse(self, payload):
        try:
            return {table: dict(documents) for table, documents in json.loads(payload).items()}
        except (ValueError, TypeError, AttributeError):
            raise self._damaged("its content is not what FashFlix writes") from None

    def _damaged(self, why):
        return StoreDamaged(f"The people file {self.path} is damaged at byte {self.size}: {why}. Nothing was changed. Restore a backup "
                            f"copy of it, or move it aside to start empty: mv '{self.path}' '{self.path}.damaged'")

    def append(self, payload):
        """Add one record; it is on disk on return. payload: bytes. Raises StoreWriteFailed, with the file as before."""
        record = _record(CHANGE, payload)
        try:
            self._settle()
            if not os.path.samestat(os.fstat(self._file), os.stat(self.path)):
                raise FileNotFoundError("somebody moved the file away")
            self._settled = False
            os.lseek(self._file, self.size, os.SEEK_SET)
            _write(self._file, record)
            getattr(os, "fdatasync", os.fsync)(self._file)
        except OSError as error:
            with suppress(OSError):
                self._settle()
            raise _write_failed(self.path, error) from error
        self.size, self._settled = self.size + len(record), True

    def rewrite(self, payloads):
        """Replace the file by a snapshot: wholly, or not at all and StoreWriteFailed. payloads: iterable of bytes."""
        try:
            size = _write_new(self.path + ".tmp", (*(_record(PART, one) for one in payloads), _record(END, b"{}")))
            self.close()                            # Windows replaces no open file
            os.replace(self.path + ".tmp", self.path)
        except OSError as error:
            with suppress(OSError):
                os.unlink(self.path + ".tmp")
            raise _write_failed(self.path, error) from error
        else:
            self.size = size
        finally:
            with suppress(OSError):                 # else the next write does it, or fails
                self._settle()

    def _settle(self):
        """Make the file exactly the acknowledged records, name included, after anything that may have left it otherwise."""
        if self._settled:
            return
        if self._file is None:
            self._file = os.open(self.path, os.O_RDWR | BINARY)
        os.ftruncate(self._file, self.size)
        os.fsync(self._file)
        if os.name != "nt":                         # Windows cannot sync a folder, and need not
            folder = os.open(os.path.dirname(self.path), os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        self._settled = True

    def close(self):
        """Let go of the file; a later write opens it again."""
        if self._file is not None:
            os.close(self._file)
        self._file, self._settled = None, False


def _record(kind, payload):
    head = HEAD.pack(kind, MARK, len(payload), crc32(payload))
    return head + crc32(head).to_bytes(4, "little") + payload


def _header(head):
    """(length, crc32) of the payload that follows; (0, 0) when this is no header. No payload is empty."""
    if len(head) < SIZE or crc32(head[:HEAD.size]) != int.from_bytes(head[HEAD.size:], "little"):
        return 0, 0
    kind, mark, length, check = HEAD.unpack(head[:HEAD.size])
    return (length, check) if mark == MARK and kind in (CHANGE, PART, END) else (0, 0)


def _is_torn(rest):
    """Whether these bytes are what a write that was cut short leaves: the beginning of one change, perhaps with zeros behind it."""
    length, _ = _header(rest[:SIZE])
    if len(rest) < SIZE:
        return (CHANGE + MARK).startswith(rest[:4])
    payload = rest[SIZE:].rstrip(b"\0")             # space that was reserved and never filled reads as zeros
    is_begun = rest[:1] == CHANGE and len(payload) < length and len(rest) <= SIZE + length
    return is_begun and payload.isascii() and min(payload, default=32) >= 32


def _write(file, data):
    view = memoryview(data)
    while view:
        view = view[os.write(file, view):]


def _write_new(path, pieces):
    """Write a file of its own, synced. Returns its size in bytes."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | BINARY, 0o600)
    try:
        for piece in pieces:
            _write(file, piece)
        os.fsync(file)
        return os.fstat(file).st_size
    finally:
        os.close(file)


def _write_failed(path, error):
    return StoreWriteFailed(f"The people file {path} could not be written ({error.strerror or error}). Nothing was changed. Free some "
                            "space or make the file writable, then try again.")
