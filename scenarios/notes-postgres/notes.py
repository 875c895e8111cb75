"""Notes written and read in two ways: on the event loop with asyncpg, and in a thread pool with psycopg."""

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request

from database import INSERT_NOTE, SELECT_NOTE, SELECT_NOTES, WAIT_SECONDS, Database
from models import NewNote, Note, NoteId

asynchronous = APIRouter(prefix="/notes", tags=["async"])
synchronous = APIRouter(prefix="/notes/sync", tags=["sync"])
not_found: dict[int | str, dict[str, Any]] = {404: {"description": "No note has this id"}}


async def opened_database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


OpenDatabase = Annotated[Database, Depends(opened_database)]


@asynchronous.post("/", status_code=201)
async def create_note(note: NewNote, database: OpenDatabase) -> Note:
    """asyncpg: while the database works, the event loop serves others."""
    return only_note(await fetch(database, INSERT_NOTE, note.title, note.description))


@asynchronous.get("/")
async def list_notes(database: OpenDatabase) -> list[Note]:
    """asyncpg: the 100 newest notes."""
    return notes_of(await fetch(database, SELECT_NOTES))


@asynchronous.get("/{note_id}", responses=not_found)
async def read_note(note_id: NoteId, database: OpenDatabase) -> Note:
    """asyncpg: one note by its id."""
    return only_note(await fetch(database, SELECT_NOTE, note_id))


@synchronous.post("/", status_code=201)
def create_note_sync(note: NewNote, database: OpenDatabase) -> Note:
    """psycopg in AnyIO's pool of 40 threads: while the database works, the thread waits."""
    return only_note(fetch_sync(database, INSERT_NOTE, note.title, note.description))


@synchronous.get("/")
def list_notes_sync(database: OpenDatabase) -> list[Note]:
    """psycopg in AnyIO's pool of 40 threads: the 100 newest notes."""
    return notes_of(fetch_sync(database, SELECT_NOTES))


@synchronous.get("/{note_id}", responses=not_found)
def read_note_sync(note_id: NoteId, database: OpenDatabase) -> Note:
    """psycopg in AnyIO's pool of 40 threads: one note by its id."""
    return only_note(fetch_sync(database, SELECT_NOTE, note_id))


async def fetch(database: Database, statement: str, *values: object) -> Iterable[Iterable[Any]]:
    async with database.on_loop.acquire(timeout=WAIT_SECONDS) as connection:
        rows: Iterable[Iterable[Any]] = await connection.fetch(statement, *values)
        return rows


def fetch_sync(database: Database, statement: str, *values: object) -> Iterable[Iterable[Any]]:
    with database.on_threads.connection(timeout=WAIT_SECONDS) as connection:
        return connection.execute(statement, values).fetchall()


def notes_of(rows: Iterable[Iterable[Any]]) -> list[Note]:
    return [Note(id=note_id, title=title, description=description) for note_id, title, description in rows]


def only_note(rows: Iterable[Iterable[Any]]) -> Note:
    for note in notes_of(rows):
        return note
    raise HTTPException(404, "No note has this id")
