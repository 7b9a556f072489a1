"""TinyDB over a journal: a change costs the documents it touches, where TinyDB itself rewrites the whole file, and nobody shares memory
with what is stored."""

import json
import os
import threading
from collections.abc import MutableMapping
from contextlib import contextmanager, suppress
from uuid import uuid4

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from fashflix.errors import StoreError, StoreWriteFailed
from fashflix.journal import Journal, ProcessLock

DOCUMENTS_PER_PART = 500
COMPACT_FROM = 4 << 20              # bytes; below this a longer file does no harm
encode = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode


class JournalStorage(Storage):
    """TinyDB's storage over a Journal. Safe for threads; one process at a time.

    Documents wait in memory as JSON text, so nobody who reads one can change the stored one, and snapshots need no encoding.
    path: str or Path; the folder is made. Raises StoreBusy, StoreDamaged, StoreError.
    """

    def __init__(self, path):
        path = os.path.realpath(path)
        self._lock, self._tables, self._pending, self._is_open = threading.RLock(), {}, None, True
        try:
            os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
            self._process_lock = ProcessLock(path)
            try:
                self._journal = Journal(path, self._load)
            except BaseException:
                self._process_lock.close()
                raise
        except OSError as error:
            raise StoreError(f"The people file {path} cannot be opened ({error.strerror or error}). Make its folder writable, or name "
                             "another place: FASHFLIX_PEOPLE=tinydb:///absolute/path/people.json") from error
        self._compact_at = max(COMPACT_FROM, 2 * self._journal.snapshot_size)

    def read(self):
        """All tables, {table: {id: document}}, as copies; None when there is nothing."""
        with self._lock:
            return {table: {key: json.loads(text) for key, text in self.texts(table).items()} for table in self._tables} or None

    def write(self, data):
        """Replace all tables. TinyDB calls this to drop tables, so nothing of what was there stays in the file."""
        with self.together(erase=True):
            for table in {*self._tables, *data}:
                kept = {str(key): document for key, document in data.get(table, {}).items()}
                self.change(table, dict.fromkeys(self.texts(table)) | kept)

    @contextmanager
    def together(self, erase=False):
        """Make the changes inside one write: all of them are on disk on leaving, or none, in memory too. Blocks in it join.

        erase: leave no byte of the removed documents in the file. Costs a rewrite of the file. Raises StoreWriteFailed.
        """
        with self._lock:
            if self._pending is not None:
                yield
                return
            self._pending = {}
            try:
                yield
                if any(self._pending.values()):
                    self._commit(erase)
                if erase:
                    with suppress(OSError):         # it may hold bytes of what was removed
                        os.unlink(self._journal.path + ".torn")
            finally:
                self._pending = None

    def change(self, table, documents):
        """Change some documents of a table. documents: {id str: dict, or None to remove}. Raises TypeError, ValueError for what JSON lacks."""
        with self.together():
            for key, document in documents.items():
                text = None if document is None else encode(document)
                if text != self.text(table, key):
                    self._pending.setdefault(table, {})[key] = text

    def text(self, table, key):
        """The JSON text of a document, or None."""
        with self._lock:
            changed = (self._pending or {}).get(table, {})
            return changed[key] if key in changed else self._tables.get(table, {}).get(key)

    def texts(self, table):
        """{id: JSON text} of a table, as a copy."""
        with self._lock:
            merged = self._tables.get(table, {}) | (self._pending or {}).get(table, {})
            return {key: text for key, text in merged.items() if text is not None}

    def _commit(self, erase):
        if not self._is_open:
            raise StoreError(f"The people file {self._journal.path} was closed. Open it again to write.")
        if erase:
            self._journal.rewrite(self._parts())
        else:
            self._journal.append(_payload(self._pending))
        for table, texts in self._pending.items():
            self._apply(table, texts)
        self._pending = {}
        if self._journal.size > self._compact_at:
            with suppress(StoreWriteFailed):        # no room: the journal alone is as good, only longer
                self._journal.rewrite(self._parts())
            self._compact_at = max(COMPACT_FROM, 2 * self._journal.size)

    def _parts(self):
        for table in {**self._tables, **(self._pending or {})}:
            items = list(self.texts(table).items())
            for start in range(0, len(items), DOCUMENTS_PER_PART):
                yield _payload({table: dict(items[start:start + DOCUMENTS_PER_PART])})

    def _load(self, payload):
        for table, documents in payload.items():
            self._apply(table, {key: document and encode(document) for key, document in documents.items()})

    def _apply(self, table, texts):
        stored = self._tables.setdefault(table, {})
        for key, text in texts.items():
            if text is None:
                stored.pop(key, None)
            else:
                stored[key] = text
        if not stored:
            del self._tables[table]

    def close(self):
        """Release the file, so that another process may open it."""
        with self._lock:
            if self._is_open:
                self._is_open = False
                self._journal.close()
                self._process_lock.close()


class JournalTable(Table):
    """A TinyDB table, documents by any string, that touches only the documents asked for."""

    document_id_class = str

    def __init__(self, storage, name, **settings):
        super().__init__(storage, name, **settings | {"cache_size": 0})     # cached results would be shared between callers

    def get(self, cond=None, doc_id=None, doc_ids=None):
        """As TinyDB's, but direct when ids are given."""
        if doc_id is not None:
            text = self.storage.text(self.name, str(doc_id))
            return text and Document(json.loads(text), str(doc_id))
        if doc_ids is not None:
            found = (self.get(doc_id=one) for one in doc_ids)
            return [document for document in found if document is not None]
        return super().get(cond)

    def _get_next_id(self):
        return uuid4().hex

    def _read_table(self):
        return {key: json.loads(text) for key, text in self.storage.texts(self.name).items()}

    def _update_table(self, updater):
        with self.storage.together():
            touched = _Touched(self.storage, self.name)
            updater(touched)
            self.storage.change(self.name, touched.documents)


class JournalDB(TinyDB):
    """TinyDB over JournalTables."""

    table_class = JournalTable


class _Touched(MutableMapping):
    """A table as a dict that reads a document when it is asked for. `documents`: what was read or set, None where removed."""

    def __init__(self, storage, table):
        self._storage, self._table, self.documents = storage, table, {}

    def __getitem__(self, key):
        if key not in self.documents:
            text = self._storage.text(self._table, key)
            self.documents[key] = text and json.loads(text)
        if self.documents[key] is None:
            raise KeyError(key)
        return self.documents[key]

    def __setitem__(self, key, document):
        self.documents[key] = document

    def __delitem__(self, key):
        self[key]
        self.documents[key] = None

    def __iter__(self):
        return iter([key for key in self._storage.texts(self._table) | self.documents if key in self])

    def __len__(self):
        return len(list(iter(self)))

    def clear(self):
        self.documents = dict.fromkeys(self)


def _payload(tables):
    """{table: {id: JSON text or None}} -> bytes."""
    inner = (encode(table) + ":{" + ",".join(f"{encode(key)}:{text or 'null'}" for key, text in texts.items()) + "}"
             for table, texts in tables.items() if texts)
    return ("{" + ",".join(inner) + "}").encode("ascii")
