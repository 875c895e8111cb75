"""The server on a real PostgreSQL, in an empty database that DATABASE_URL names.

To run: python -m pytest, with the packages of requirements.txt and requirements-test.txt.
"""

import os
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from typing import Any

import psycopg
import pytest
from fastapi.testclient import TestClient

import app as server
import database

URL = os.environ.get("DATABASE_URL", "")
WAYS = ["/notes/", "/notes/sync/"]
NOTE = {"title": "a title", "description": "and more of it"}

POOL_SIZE = 2
OF_THE_SERVER = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"

pytestmark = pytest.mark.skipif(URL == "", reason="needs DATABASE_URL: an empty PostgreSQL database")
both_ways = pytest.mark.parametrize("notes", WAYS)


def query(statement: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(URL, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="session", autouse=True)
def nothing_to_lose() -> None:
    """What follows removes the table notes: of a server under test, and of nobody else."""
    exists, mark = query(database.FIND_TABLE)[0]
    if exists and mark != database.MARK:
        pytest.exit("the database of DATABASE_URL has a table notes of another make: name an empty one", 1)


@pytest.fixture(autouse=True)
def without_table(nothing_to_lose: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("POOL_SIZE", str(POOL_SIZE))
    query("DROP TABLE IF EXISTS notes")
    yield
    query("DROP TABLE IF EXISTS notes")


@pytest.fixture
def client(without_table: None) -> Iterator[TestClient]:
    with TestClient(server.app, raise_server_exceptions=False) as opened:
        yield opened


@both_ways
def test_a_note_is_stored_and_can_be_read_in_both_ways(client: TestClient, notes: str) -> None:
    answer = client.post(notes, json=NOTE)
    assert answer.status_code == 201
    note = answer.json()
    assert note == NOTE | {"id": database.SEEDED_NOTES + 1}
    assert [client.get(f"{way}{note['id']}").json() for way in WAYS] == [note, note]
    stored = query("SELECT title, description, created_date > now() - interval '1 hour' FROM notes WHERE id > 500")
    assert stored == [(*NOTE.values(), True)]


@both_ways
def test_a_note_takes_one_statement(client: TestClient, notes: str) -> None:
    """Neither BEGIN and COMMIT around it, nor a reset of the session after it: both ways do the same work."""
    for _ in range(2 * POOL_SIZE):
        client.post(notes, json=NOTE)
    used = query(f"SELECT DISTINCT query {OF_THE_SERVER} AND state_change > (SELECT max(created_date) FROM notes)")
    assert used == [(database.INSERT_NOTE,)]


@both_ways
def test_the_seeded_ids_can_be_read_and_no_others(client: TestClient, notes: str) -> None:
    found = [client.get(f"{notes}{note_id}").status_code for note_id in (1, 500, 501, 2**31 - 1)]
    assert found == [200, 200, 404, 404]
    refused = [client.get(f"{notes}{note_id}").status_code for note_id in (0, -1, 2**31, "x")]
    assert refused == [422] * 4


@both_ways
def test_the_list_has_the_hundred_newest_notes(client: TestClient, notes: str) -> None:
    newest = client.post(notes, json=NOTE).json()
    listed = client.get(notes).json()
    assert [note["id"] for note in listed] == list(range(501, 401, -1))
    assert listed[0] == newest


@both_ways
def test_every_text_that_the_document_allows_is_stored_as_it_is(client: TestClient, notes: str) -> None:
    for text in ("abc", "x" * 50, "é" * 50, "\U0001f600" * 50, "'; DROP TABLE notes; --", "%s $1 {}", " \t\n"):
        answer = client.post(notes, json={"title": text, "description": text})
        assert (answer.status_code, answer.json().get("title"), answer.json().get("description")) == (201, text, text)


@both_ways
def test_what_is_no_note_is_refused_and_not_stored(client: TestClient, notes: str) -> None:
    bodies = [
        '{"title": "ab", "description": "abc"}',
        '{"title": "abc", "description": "' + "x" * 51 + '"}',
        '{"title": "abc"}',
        '{"title": 123, "description": "abc"}',
        '{"title": "ab\\u0000", "description": "abc"}',
        '{"title": "abc", "description": "abc\\ud800"}',
        '{"title": NaN, "description": "abc"}',
        "[]",
        "{",
    ]
    json = {"content-type": "application/json"}
    answers = {body: client.post(notes, content=body, headers=json).status_code for body in bodies}
    assert answers == dict.fromkeys(bodies, 422)
    assert query("SELECT count(*) FROM notes") == [(500,)]


def test_the_server_is_healthy_again_after_its_connections_were_cut(client: TestClient) -> None:
    assert client.get("/health").status_code == 200
    cut = query(f"SELECT pg_terminate_backend(pid) {OF_THE_SERVER}")
    assert cut == [(True,)] * 2 * POOL_SIZE
    # One request may meet each of the cut connections.
    asked = [client.get("/health").status_code for _ in range(POOL_SIZE + 1)]
    assert set(asked) <= {200, 503}
    assert asked[-1] == 200


def test_both_pools_open_all_their_connections_before_the_first_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POOL_SIZE")
    with TestClient(server.app):
        assert query(f"SELECT count(*) {OF_THE_SERVER}") == [(20,)]


@both_ways
def test_a_request_that_gets_no_connection_in_time_is_answered_503(monkeypatch: pytest.MonkeyPatch, notes: str) -> None:
    monkeypatch.setenv("POOL_SIZE", "1")
    monkeypatch.setattr("notes.WAIT_SECONDS", 0.2)
    with TestClient(server.app, raise_server_exceptions=False) as client, psycopg.connect(URL) as other:
        # The first one keeps the only connection, until the lock on the table is gone.
        other.execute("LOCK TABLE notes")
        with ThreadPoolExecutor() as threads:
            answers = [threads.submit(client.get, notes) for _ in range(2)]
            wait(answers, return_when=FIRST_COMPLETED)
            other.rollback()
        assert sorted(answer.result().status_code for answer in answers) == [200, 503]


def test_workers_that_start_at_once_make_one_table_and_seed_it_once() -> None:
    workers = 8
    for _ in range(5):
        query("DROP TABLE IF EXISTS notes")
        with ThreadPoolExecutor(workers) as threads:
            list(threads.map(database.create, [URL] * workers))
        assert query("SELECT count(*), min(id), max(id) FROM notes") == [(500, 1, 500)]


def test_a_later_start_keeps_the_notes() -> None:
    database.create(URL)
    query("INSERT INTO notes (title, description) VALUES ('kept', 'kept')")
    database.create(URL)
    assert query("SELECT count(*) FROM notes") == [(501,)]


def test_a_table_of_somebody_else_is_left_alone() -> None:
    query("CREATE TABLE notes (id int)")
    with pytest.raises(RuntimeError, match="another make"):
        database.create(URL)
    assert query("SELECT count(*) FROM notes") == [(0,)]


def test_a_server_without_a_database_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL")
    with pytest.raises(RuntimeError, match="DATABASE_URL is not set"):
        database.database_url()
