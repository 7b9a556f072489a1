"""What a crawl has done and still has to do, in one SQLite file: a crawl that was killed goes on where it stopped.

A page counts as done in the same transaction that keeps its products and the pages it led to, so nothing is lost and nothing is done twice.
"""

import json
import sqlite3
import threading
from contextlib import contextmanager
from pathlib import Path

from catalog.frontier import host_of
from fashflix.errors import FetchError

TABLES = """
create table if not exists tasks (id integer primary key, url text, kind text, host text, state text default 'open',
                                  tries integer default 0, note text, file text, unique (url, kind));
create index if not exists tasks_open on tasks (state, host, tries, id);
create table if not exists products (id integer primary key, page text, place integer, detailed integer, record text, unique (page, place));
create table if not exists facts (name text primary key, value text);
"""
TRIES = 2                           # runs of one task within one crawl, each with the fetcher's own further tries


class Ledger:
    """Tasks, products and facts of one crawl. Threads may share it; a second process is refused.

    A task is (url, kind); kind names what is done with the answer, "spare" that nothing is for now. States: open, done, missing,
    skipped (robots.txt, addresses, the limit), failed, blocked.
    """

    def __init__(self, path):
        self._lock = threading.RLock()
        self._table = sqlite3.connect(path, timeout=1, check_same_thread=False, isolation_level=None)
        try:
            for name, value in (("locking_mode", "exclusive"), ("journal_mode", "wal"), ("synchronous", "normal")):
                self._table.execute(f"pragma {name} = {value}")
            self._table.executescript(f"begin immediate; commit; {TABLES}")
        except sqlite3.OperationalError as error:
            self._table.close()
            raise FetchError(f"{Path(path).parent} is in use by another crawl ({error}). Wait until it ends, or choose another "
                             "folder.") from error

    def close(self):
        self._table.close()

    @contextmanager
    def _change(self):
        """One change of the file by one thread, all or nothing."""
        with self._lock:
            self._table.execute("begin")
            try:
                yield
            except BaseException:
                self._table.execute("rollback")
                raise
            self._table.execute("commit")

    def forget(self):
        """Begin anew: no tasks, no products, no facts."""
        with self._change():
            for table in ("tasks", "products", "facts"):
                self._table.execute(f"delete from {table}")

    def add(self, tasks):
        """Add tasks that are not known yet. tasks: iterable of (url, kind)."""
        with self._change():
            self._add(tasks)

    def wake(self, kind, becomes):
        """Tasks of a kind that nobody carries out become open tasks of another kind."""
        with self._lock:
            self._table.execute("update or ignore tasks set kind = ? where kind = ? and state = 'open'", [becomes, kind])

    def _add(self, tasks):
        self._table.executemany("insert or ignore into tasks (url, kind, host) values (?, ?, ?)",
                                [(url, kind, host_of(url)) for url, kind in tasks])

    def hosts(self):
        """Names of the hosts that have open tasks."""
        with self._lock:
            return [name for name, in self._table.execute("select distinct host from tasks where state = 'open' and kind != 'spare'")]

    def next(self, host):
        """(id, url, kind) of the open task whose turn it is at a host, or None. Those that failed once wait until the others are done."""
        with self._lock:
            return self._table.execute("select id, url, kind from tasks where state = 'open' and kind != 'spare' and host = ? "
                                       "order by tries, id limit 1", [host]).fetchone()

    def done(self, task, found):
        """A task is done: keep what it found, a catalog.tasks.Found, and the tasks that it led to, all or nothing."""
        with self._change():
            page = self._table.execute("select url from tasks where id = ?", [task]).fetchone()[0]
            self._table.executemany("insert or replace into products (page, place, detailed, record) values (?, ?, ?, ?)",
                                    [(page, place, int(found.detailed), json.dumps(record)) for place, record in enumerate(found.products)])
            self._add(found.tasks)
            self._table.executemany("replace into facts values (?, ?)", [(name, json.dumps(value)) for name, value in found.facts])
            self._table.execute("update tasks set state = 'done', note = null, file = ? where id = ?", [found.file, task])

    def ended(self, task, state, note, instead=()):
        """A task brought nothing. state: missing, skipped or blocked; failed means: once more after the others, then never.

        instead: tasks that take its place.
        """
        with self._change():
            again = "case when tries + 1 < ? then 'open' else 'failed' end" if state == "failed" and not instead else "?"
            self._table.execute(f"update tasks set tries = tries + 1, note = ?, state = {again} where id = ?",
                                [note, TRIES if state == "failed" and not instead else state, task])
            self._add(instead)

    def close_host(self, host, state, note):
        """All open tasks of a host end at once."""
        with self._lock:
            self._table.execute("update tasks set state = ?, note = ? where host = ? and state = 'open'", [state, note, host])

    def drop_open(self, note):
        """All open tasks but photos end as skipped: the limit is reached."""
        with self._lock:
            self._table.execute("update tasks set state = 'skipped', note = ? where state = 'open' and kind != 'photo'", [note])

    def fact(self, name, default=None):
        with self._lock:
            found = self._table.execute("select value from facts where name = ?", [name]).fetchone()
        return json.loads(found[0]) if found else default

    def state(self, name, value):
        """Remember a fact about this crawl."""
        with self._lock:
            self._table.execute("replace into facts values (?, ?)", [name, json.dumps(value)])

    def counts(self):
        """{(kind, state): number of tasks}."""
        with self._lock:
            return {(kind, state): count for kind, state, count in
                    self._table.execute("select kind, state, count(*) from tasks group by kind, state")}

    def count(self, kind):
        """Number of tasks of a kind."""
        with self._lock:
            return self._table.execute("select count(*) from tasks where kind = ?", [kind]).fetchone()[0]

    def count_unknown(self, urls, kind):
        """How many of some urls are not tasks of a kind yet."""
        with self._lock:
            known = self._table.execute
            return sum(known("select 1 from tasks where url = ? and kind = ?", [url, kind]).fetchone() is None for url in urls)

    def products(self):
        """All products, in the order of their pages: (record, detailed)."""
        with self._lock:
            rows = self._table.execute("select products.record, products.detailed from products join (select url, min(id) as first "
                                       "from tasks group by url) as pages on pages.url = products.page "
                                       "order by pages.first, products.place").fetchall()
        return [(json.loads(record), bool(detailed)) for record, detailed in rows]

    def product_count(self):
        with self._lock:
            return self._table.execute("select count(*) from products").fetchone()[0]

    def ends(self, kind):
        """{url: (state, note, file)} of all tasks of a kind."""
        with self._lock:
            return {url: (state, note, file) for url, state, note, file in
                    self._table.execute("select url, state, note, file from tasks where kind = ?", [kind])}
