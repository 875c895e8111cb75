"""The server on a real PostgreSQL and a real Redis, which DATABASE_URL and REDIS_URL name.

To run: python -m pytest, with the packages of requirements.txt and requirements-test.txt. The database has to be empty;
of Redis one key is used.
"""

import os
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest
import redis
from anyio import run
from fastapi.testclient import TestClient

import app as server
import cache
import database
import routes

URL = os.environ.get("DATABASE_URL", "")
REDIS_URL = os.environ.get("REDIS_URL", "")
NEW = {"user_id": 7, "name": "Ibuprofen", "dose": "400 mg"}

pytestmark = pytest.mark.skipif(
    URL == "" or REDIS_URL == "", reason="needs DATABASE_URL, an empty PostgreSQL database, and REDIS_URL"
)


def query(statement: str) -> list[dict[str, Any]]:
    async def ask() -> list[dict[str, Any]]:
        connection = await asyncpg.connect(URL)
        try:
            return [dict(row) for row in await connection.fetch(statement)]
        finally:
            await connection.close()

    return run(ask)


@pytest.fixture(scope="session", autouse=True)
def nothing_to_lose() -> None:
    """What follows removes the tables: of a server under test, and of nobody else."""
    if any(row["mark"] != database.MARK for row in query(database.FIND_TABLES)):
        pytest.exit("the database of DATABASE_URL has tables of another make: name an empty one", 1)


@pytest.fixture(autouse=True)
def empty(nothing_to_lose: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("POOL_SIZE", "2")
    monkeypatch.setattr(
        "database.SEED", database.SEED.replace("50000", "2000").replace("20000", "2000")
    )
    drop()
    yield
    drop()


def drop() -> None:
    query("DROP TABLE IF EXISTS logs, reminders, medications")
    redis.Redis.from_url(REDIS_URL).delete(routes.MEDICATIONS)


@pytest.fixture
def client(empty: None) -> Iterator[TestClient]:
    with TestClient(server.app, raise_server_exceptions=False) as opened:
        yield opened


def test_a_medication_is_stored_and_heads_the_list(client: TestClient) -> None:
    before = client.get("/medications/get_all").json()
    assert len(before) == 50
    created = client.post("/medications/create", json=NEW)
    assert created.status_code == 201
    assert created.json() == NEW | {"id": before[0]["id"] + 1}
    assert client.get("/medications/get_all").json() == [created.json(), *before[:49]]


def test_the_list_comes_from_the_cache_while_it_lives(client: TestClient) -> None:
    first = client.get("/medications/get_all").json()
    query("INSERT INTO medications (user_id, name, dose) VALUES (1, 'behind its back', '1')")
    assert client.get("/medications/get_all").json() == first
    life = redis.Redis.from_url(REDIS_URL).ttl(routes.MEDICATIONS)
    assert 0 < life <= cache.LIFE_SECONDS


def test_reminders_are_those_of_the_user_and_come_in_order(client: TestClient) -> None:
    query("UPDATE medications SET user_id = 7 WHERE id IN (3, 4)")
    answer = client.get("/reminders", params={"user_id": 7})
    assert answer.status_code == 200
    reminders = answer.json()
    owned = query("SELECT r.id FROM reminders r JOIN medications m ON m.id = medication_id WHERE user_id = 7")
    assert {reminder["id"] for reminder in reminders} == {row["id"] for row in owned}
    assert [reminder["due_at"] for reminder in reminders] == sorted(reminder["due_at"] for reminder in reminders)


def test_a_log_needs_a_reminder(client: TestClient) -> None:
    logged = client.post("/logs/create", json={"reminder_id": 5, "status": "taken"})
    assert (logged.status_code, logged.json()) == (201, {"id": 1, "reminder_id": 5, "status": "taken"})
    query("DELETE FROM logs")
    query("DELETE FROM reminders WHERE id = 6")
    assert client.post("/logs/create", json={"reminder_id": 6, "status": "taken"}).status_code == 404


def test_what_is_not_valid_is_refused(client: TestClient) -> None:
    for body in ({"user_id": 0}, {"user_id": 2001}, {"name": ""}, {"name": "a\0b"}, {"dose": "x" * 51}):
        assert client.post("/medications/create", json=NEW | body).status_code == 422
    for user in ("", "0", "x"):
        assert client.get("/reminders", params={"user_id": user}).status_code == 422
    assert client.post("/logs/create", json={"reminder_id": 1, "status": "eaten"}).status_code == 422


def test_without_its_cache_the_list_is_read_each_time(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(*_: object, **__: object) -> None:
        raise redis.ConnectionError("gone")

    for command in ("get", "set", "delete"):
        monkeypatch.setattr(f"redis.asyncio.Redis.{command}", fails)
    assert client.get("/medications/get_all").status_code == 200
    created = client.post("/medications/create", json=NEW)
    assert created.status_code == 201
    assert client.get("/medications/get_all").json()[0] == created.json()


def test_a_later_start_keeps_what_is_there() -> None:
    run(database.create, URL)
    query("INSERT INTO medications (user_id, name, dose) VALUES (1, 'kept', '1')")
    [before] = query("SELECT count(*) FROM medications")
    run(database.create, URL)
    assert query("SELECT count(*) FROM medications") == [before]


def test_tables_of_somebody_else_are_left_alone() -> None:
    query("CREATE TABLE logs (id int)")
    with pytest.raises(RuntimeError, match="another make"):
        run(database.create, URL)
    assert query("SELECT count(*) FROM logs") == [{"count": 0}]


def test_a_server_without_its_stores_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.delenv("REDIS_URL")
    with pytest.raises(RuntimeError, match="DATABASE_URL is not set"):
        database.database_url()
    with pytest.raises(RuntimeError, match="REDIS_URL is not set"):
        cache.redis_url()
