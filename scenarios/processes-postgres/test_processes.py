"""The server on a real PostgreSQL, in an empty database that DATABASE_URL names.

To run: python -m pytest, with the packages of requirements.txt and requirements-test.txt.
"""

import csv
import json
import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

import app as server
import database
import processes

URL = os.environ.get("DATABASE_URL", "")
PROCESSES = "/api/v1/processes"
NEW = {"name": "a name", "description": "and more of it", "tag_ids": [4, 2]}
TABLES = "process_tags, processes, tags"
OF_THE_SERVER = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"

pytestmark = pytest.mark.skipif(URL == "", reason="needs DATABASE_URL: an empty PostgreSQL database")


def query(statement: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(URL, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def tags_of(process_id: int) -> list[int]:
    return [tag for (tag,) in query(f"SELECT tag_id FROM process_tags WHERE process_id = {process_id} ORDER BY 1")]


@pytest.fixture(scope="session", autouse=True)
def nothing_to_lose() -> None:
    """What follows removes the tables: of a server under test, and of nobody else."""
    engine = database.new_engine(URL)
    with engine.connect() as connection:
        try:
            database.has_own_tables(connection)
        except RuntimeError as problem:
            pytest.exit(str(problem), 1)
    engine.dispose()


@pytest.fixture(autouse=True)
def without_tables(nothing_to_lose: None) -> Iterator[None]:
    query(f"DROP TABLE IF EXISTS {TABLES}")
    yield
    query(f"DROP TABLE IF EXISTS {TABLES}")


@pytest.fixture
def client(without_tables: None) -> Iterator[TestClient]:
    with TestClient(server.app, raise_server_exceptions=False) as opened:
        yield opened


def test_a_process_is_stored_with_its_tags_and_can_be_read(client: TestClient) -> None:
    answer = client.post(PROCESSES, json=NEW)
    assert answer.status_code == 201
    tags = [{"id": 2, "name": "tag 2"}, {"id": 4, "name": "tag 4"}]
    assert answer.json() == {"id": 501, "name": "a name", "description": "and more of it", "tags": tags}
    assert client.get(f"{PROCESSES}/501").json() == answer.json()
    assert query("SELECT name, description FROM processes WHERE id = 501") == [("a name", "and more of it")]
    assert tags_of(501) == [2, 4]


def test_the_seeded_processes_have_three_tags_each_and_there_are_no_others(client: TestClient) -> None:
    found = [client.get(f"{PROCESSES}/{process_id}").status_code for process_id in (1, 500, 501, 2**31 - 1)]
    assert found == [200, 200, 404, 404]
    refused = [client.get(f"{PROCESSES}/{process_id}").status_code for process_id in (0, -1, 2**31, "x")]
    assert refused == [422] * 4
    assert query("SELECT DISTINCT count(*) FROM process_tags GROUP BY process_id") == [(3,)]


def test_the_list_does_not_grow_and_can_be_read_in_parts(client: TestClient) -> None:
    client.post(PROCESSES, json=NEW)
    listed = client.get(PROCESSES).json()
    assert [process["id"] for process in listed] == list(range(1, 501))
    assert {len(process["tags"]) for process in listed} == {3}
    part = client.get(PROCESSES, params={"skip": 499, "limit": 2}).json()
    assert [process["id"] for process in part] == [500, 501]
    assert client.get(PROCESSES, params={"limit": 501}).status_code == 422


def test_an_update_replaces_all_tags(client: TestClient) -> None:
    for tag_ids, stored in (([4, 2, 4], [2, 4]), ([4, 20], [4, 20]), ([], [])):
        answer = client.put(f"{PROCESSES}/7", json=NEW | {"tag_ids": tag_ids})
        assert (answer.status_code, [tag["id"] for tag in answer.json()["tags"]]) == (200, stored)
        assert tags_of(7) == stored
    assert client.put(f"{PROCESSES}/501", json=NEW).status_code == 404


def test_what_is_no_process_is_refused_and_not_stored(client: TestClient) -> None:
    bodies = [
        json.dumps(NEW | {"name": ""}),
        json.dumps(NEW | {"name": "x" * 101}),
        json.dumps(NEW | {"name": "a\0b"}),
        json.dumps(NEW | {"description": "x" * 501}),
        json.dumps(NEW | {"tag_ids": [21]}),  # no such tag
        json.dumps(NEW | {"tag_ids": [0]}),
        json.dumps(NEW | {"tag_ids": [2**31]}),
        json.dumps(NEW).replace("4", "NaN"),
        '{"name": "half a pair \\ud800", "description": "", "tag_ids": []}',
        "[]",
        "{",
    ]
    headers = {"content-type": "application/json"}
    for method, path in (("POST", PROCESSES), ("PUT", f"{PROCESSES}/1")):
        answers = {body: client.request(method, path, content=body, headers=headers).status_code for body in bodies}
        assert answers == dict.fromkeys(bodies, 422)
    assert query("SELECT count(*), count(DISTINCT name) FROM processes") == [(500, 500)]
    assert query("SELECT count(*) FROM process_tags") == [(1500,)]


def test_an_operation_is_called_as_the_rows_of_a_locust_table(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    names = {operation["operationId"] for path in paths.values() for operation in path.values()}
    assert names == {
        f"{method} {PROCESSES}{rest}" for method, rest in (("GET", ""), ("POST", ""), ("GET", "/*"), ("PUT", "/*"))
    }


def meet(monkeypatch: pytest.MonkeyPatch, updates: Sequence[Callable[[], Any]]) -> list[Any]:
    """The answers to updates none of which adds its tags before all have been begun."""
    all_begun = threading.Barrier(len(updates))
    found = processes.found_tags

    def found_together(session: Session, tag_ids: set[int]) -> list[int]:
        all_begun.wait(10)
        return found(session, tag_ids)

    monkeypatch.setattr(processes, "found_tags", found_together)
    with ThreadPoolExecutor(len(updates)) as threads:
        return [answer.result() for answer in [threads.submit(update) for update in updates]]


def test_two_updates_of_a_process_at_once_can_fail_as_the_database_says(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    for _ in range(20):
        with monkeypatch.context() as patched:
            answers = meet(patched, [lambda: client.put(f"{PROCESSES}/7", json=NEW)] * 3)
        assert {answer.status_code for answer in answers} <= {200, 500}
        assert 200 in [answer.status_code for answer in answers]
        failed = [answer for answer in answers if answer.status_code == 500]
        if failed:
            break
    assert failed
    said = failed[0].json()["detail"]
    assert said.startswith('UniqueViolation: duplicate key value violates unique constraint "process_tags_pkey"')
    assert "Key (process_id, tag_id)=(7, 2) already exists." in said
    assert f"PUT {PROCESSES}/7: {said}" in caplog.messages
    assert tags_of(7) == [2, 4]  # the failed one has changed nothing


def test_updates_of_different_processes_at_once_all_succeed(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    updates = [partial(client.put, f"{PROCESSES}/{process_id}", json=NEW) for process_id in (7, 8, 9)]
    assert [answer.status_code for answer in meet(monkeypatch, updates)] == [200] * 3


def test_the_pool_is_that_of_the_authors() -> None:
    engine = database.new_engine(URL)
    pool: Any = engine.pool
    assert (pool.size(), pool._max_overflow, pool._timeout, pool._pre_ping) == (5, 5, 30, True)
    assert (engine.dialect.name, engine.driver) == ("postgresql", "psycopg")


def test_a_request_that_gets_no_connection_in_time_is_answered_with_what_the_pool_says(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    engine = database.new_engine
    one = {"pool_size": 1, "max_overflow": 0, "pool_timeout": 0.2}
    monkeypatch.setattr(database, "new_engine", lambda url: engine(url, **one))
    with TestClient(server.app, raise_server_exceptions=False) as client, psycopg.connect(URL) as other:
        # The first one keeps the only connection, until the lock on the table is gone.
        other.execute("LOCK TABLE processes")
        with ThreadPoolExecutor() as threads:
            answers = [threads.submit(client.get, f"{PROCESSES}/1") for _ in range(2)]
            wait(answers, return_when=FIRST_COMPLETED)
            other.rollback()
        by_status = {answer.result().status_code: answer.result().json() for answer in answers}
    assert sorted(by_status) == [200, 500]
    said = by_status[500]["detail"]
    assert said.startswith("TimeoutError: QueuePool limit of size 1 overflow 0 reached, connection timed out")
    assert f"GET {PROCESSES}/1: {said}" in caplog.messages


@pytest.mark.parametrize(("held", "connections"), [(False, 0), (True, 1)])
def test_a_connection_is_given_back_before_the_answer_is_looked_at(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, held: bool, connections: int
) -> None:
    monkeypatch.setattr(processes, "HOLD_SESSIONS", held)
    pool: Any = server.app.state.new_session.kw["bind"].pool
    in_use = []
    closed = processes.closed

    def watched(session: Session, answer: Any) -> Any:
        closed(session, answer)
        in_use.append(pool.checkedout())
        return answer

    monkeypatch.setattr(processes, "closed", watched)
    client.get(PROCESSES)
    client.get(f"{PROCESSES}/1")
    client.post(PROCESSES, json=NEW)
    client.put(f"{PROCESSES}/1", json=NEW)
    assert (in_use, pool.checkedout()) == ([connections] * 4, 0)


def test_connections_that_were_cut_are_replaced_before_a_request_meets_them(client: TestClient) -> None:
    assert client.get("/health").status_code == 200
    assert query(f"SELECT pg_terminate_backend(pid) {OF_THE_SERVER}") == [(True,)]
    assert client.get("/health").status_code == 200


def test_workers_that_start_at_once_make_one_set_of_tables_and_seed_it_once() -> None:
    workers = 8
    engines = [database.new_engine(URL) for _ in range(workers)]
    for _ in range(5):
        query(f"DROP TABLE IF EXISTS {TABLES}")
        with ThreadPoolExecutor(workers) as threads:
            list(threads.map(database.create, engines))
        assert query("SELECT count(*), min(id), max(id) FROM processes") == [(500, 1, 500)]
        assert query("SELECT count(*) FROM process_tags") == [(1500,)]
    for engine in engines:
        engine.dispose()


def test_a_later_start_keeps_the_processes() -> None:
    for _ in range(2):
        with TestClient(server.app) as client:
            client.post(PROCESSES, json=NEW)
    assert query("SELECT count(*) FROM processes") == [(502,)]


@pytest.mark.parametrize("name", TABLES.split(", "))
def test_a_table_of_somebody_else_is_left_alone(name: str) -> None:
    query(f"CREATE TABLE {name} (id int)")
    engine = database.new_engine(URL)
    with pytest.raises(RuntimeError, match=f"another make \\({name}\\)"):
        database.create(engine)
    engine.dispose()
    assert query(f"SELECT count(*) FROM {name}") == [(0,)]


def test_a_server_without_a_database_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL")
    with pytest.raises(RuntimeError, match="DATABASE_URL is not set"):
        database.database_url()


def test_the_updates_of_the_load_are_of_five_processes_and_five_tags_each() -> None:
    with Path(__file__).with_name("updates.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {int(row["path.process_id"]) for row in rows} == {1, 2, 3, 4, 5}
    assert {tag for row in rows for tag in json.loads(row["body.tag_ids"])} == set(range(1, 21))
    assert {len(set(json.loads(row["body.tag_ids"]))) for row in rows} == {5}
