"""Where rooms are stored: SQLite in the user's data folder, or the PostgreSQL that is named.

A commit is on the disk when it returns, so that a ballot that was confirmed outlives a process
that is killed. The store is made with the first question to it, and an error of the database is
one error here, whatever the driver calls it.
"""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as NoConnection

from dashboard.rooms.errors import RoomsUnavailable
from dashboard.rooms.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine.interfaces import DBAPIConnection

URL_VARIABLE = "DASHBOARD_DATABASE_URL"
FOLDER_VARIABLE = "DASHBOARD_DATA"
FILE = "rooms.sqlite3"

WAIT_SECONDS = 3
"""So long a question waits for a connection, a lock or the server before it is given up."""
STATEMENT_SECONDS = 8
CONNECTIONS = 5
_MAKING_TABLES = 7_301_946
"""The number of PostgreSQL's lock under which one of several servers makes the tables."""

UNAVAILABLE = "The rooms cannot be reached just now. Nothing is lost; try again in a moment."
NO_DATABASE = (
    f"{URL_VARIABLE} names no database that is known here; it begins with postgresql:// or sqlite:/"
)
NO_DRIVER = f"{URL_VARIABLE} names PostgreSQL, whose driver psycopg is not installed."


def storage_url() -> str:
    """Return the address of the database: the one the environment names, or the user's own file."""
    named = os.environ.get(URL_VARIABLE, "").strip()
    if named:
        return named
    folder = os.environ.get(FOLDER_VARIABLE) or platformdirs.user_data_dir("vehicle-or-cure")
    return URL.create("sqlite", database=str(Path(folder).absolute() / FILE)).render_as_string()


class Storage:
    """A database of rooms, for any number of threads."""

    def __init__(self, url: str) -> None:
        """Take the database's address; ``RoomsUnavailable`` where it is none."""
        self._url = _known(url)
        self._engine = _engine(self._url)
        self._is_prepared = False
        self.is_erased = True
        self._preparing = threading.Lock()
        # SQLite has one writer at a time. Threads that wait for each other here take turns;
        # those that wait for SQLite's own lock sleep and try again.
        self._turn = threading.Lock()

    @property
    def is_postgresql(self) -> bool:
        """Whether the database is a PostgreSQL server."""
        return self._engine.dialect.name == "postgresql"

    @property
    def exists(self) -> bool:
        """Whether there may be rooms: always of a server, of a file once it has been made."""
        file = self._url.database
        return self.is_postgresql or self._is_prepared or bool(file and Path(file).exists())

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection in a transaction that only reads; ``RoomsUnavailable`` without one."""
        with _one_error():
            self._prepare()
            with self._engine.connect() as connection, connection.begin():
                yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection in a transaction that is on the disk when it has been left.

        ``RoomsUnavailable`` where the database cannot be reached, or the commit failed.
        """
        with _one_error():
            self._prepare()
            with self._own_turn(), self._engine.connect() as plain:
                connection = plain.execution_options(writes=True)
                with connection.begin():
                    yield connection

    def erase(self) -> None:
        """Take what was deleted off the disk: from SQLite's log, or from PostgreSQL's tables.

        What someone still reads, or a server that is away, stays for the next time.
        """
        wiping = "VACUUM ballot, hands, question, room"
        if not self.is_postgresql:
            wiping = "PRAGMA wal_checkpoint(TRUNCATE)"
        self.is_erased = False
        with (
            contextlib.suppress(RoomsUnavailable),
            _one_error(),
            self._own_turn(),
            self._engine.connect() as plain,
        ):
            connection = plain.execution_options(isolation_level="AUTOCOMMIT")
            done = connection.exec_driver_sql(wiping)
            # SQLite says first whether someone was in the way.
            self.is_erased = self.is_postgresql or done.one()[0] == 0

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextlib.contextmanager
    def _own_turn(self) -> Iterator[None]:
        if self.is_postgresql:
            yield
        elif self._turn.acquire(timeout=WAIT_SECONDS):
            try:
                yield
            finally:
                self._turn.release()
        else:
            raise RoomsUnavailable(UNAVAILABLE)

    def _prepare(self) -> None:
        if self._is_prepared:
            return
        with self._preparing:
            if self._is_prepared:
                return
            if not self.is_postgresql and self._url.database:
                _make_private(Path(self._url.database))
            with self._engine.connect() as plain:
                connection = plain.execution_options(writes=True)
                with connection.begin():
                    if self.is_postgresql:
                        lock = text("SELECT pg_advisory_xact_lock(:number)")
                        connection.execute(lock, {"number": _MAKING_TABLES})
                    tables.create_all(connection)
            self._is_prepared = True


def _make_private(file: Path) -> None:
    """Make the file of the rooms so that its owner alone can read it, and its log with it."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


@contextlib.contextmanager
def _one_error() -> Iterator[None]:
    try:
        yield
    except (IntegrityError, DataError, ProgrammingError):
        raise
    except (DBAPIError, NoConnection, OSError) as error:
        raise RoomsUnavailable(UNAVAILABLE) from error


def _known(text: str) -> URL:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        # The address may hold a password, so it is not repeated.
        raise RoomsUnavailable(NO_DATABASE) from None
    if url.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database and url.database != ":memory:":
        return url
    raise RoomsUnavailable(NO_DATABASE)


def _engine(url: URL) -> Engine:
    options: dict[str, Any] = {
        "pool_size": CONNECTIONS,
        "max_overflow": CONNECTIONS,
        "pool_timeout": WAIT_SECONDS,
        "hide_parameters": True,
    }
    if url.drivername == "sqlite":
        engine = create_engine(url, connect_args={"timeout": WAIT_SECONDS}, **options)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    limits = {
        "statement_timeout": STATEMENT_SECONDS,
        "lock_timeout": WAIT_SECONDS,
        "idle_in_transaction_session_timeout": STATEMENT_SECONDS,
    }
    arguments = {
        "connect_timeout": WAIT_SECONDS,
        "tcp_user_timeout": STATEMENT_SECONDS * 1000,
        "options": " ".join(f"-c {name}={seconds}s" for name, seconds in limits.items()),
        "application_name": "vehicle-or-cure",
    }
    try:
        return create_engine(url, connect_args=arguments, pool_pre_ping=True, **options)
    except (ImportError, NoSuchModuleError):
        raise RoomsUnavailable(NO_DRIVER) from None


def _set_up_sqlite(connection: DBAPIConnection, _record: object) -> None:
    # The driver's own way of beginning transactions would let a reader become a writer midway,
    # which fails where another has written meanwhile.
    connection.isolation_level = None
    cursor = connection.cursor()
    for setting in (
        f"busy_timeout = {WAIT_SECONDS * 1000}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
