"""One row read or written by its id in three ways. The statements are the same in all of them."""

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request

from database import SELECT_ITEM, UPDATE_ITEM, Database, seed
from models import Item, ItemId, ItemUpdate, Seeded

ITEM_COUNT = 2000

router = APIRouter(prefix="/api/db", tags=["db"])
not_found: dict[int | str, dict[str, Any]] = {404: {"description": "No item has this id"}}


async def opened_database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


OpenDatabase = Annotated[Database, Depends(opened_database)]


@router.get("/async/read/{item_id}", responses=not_found)
async def get_item_async_read(item_id: ItemId, database: OpenDatabase) -> Item:
    """aiosqlite: one database thread for each process; the event loop stays free."""
    return only_item(await database.on_thread.execute_fetchall(SELECT_ITEM, (item_id,)))


@router.post("/async/write/{item_id}", responses=not_found)
async def update_item_async_write(item_id: ItemId, update: ItemUpdate, database: OpenDatabase) -> Item:
    """aiosqlite: one database thread for each process; the event loop stays free."""
    return only_item(await database.on_thread.execute_fetchall(UPDATE_ITEM, (update.name, update.value, item_id)))


@router.get("/sync_threadpool/read/{item_id}", responses=not_found)
def get_item_sync_threadpool_read(item_id: ItemId, database: OpenDatabase) -> Item:
    """sqlite3 in AnyIO's pool of 40 threads, a connection for each."""
    return only_item(database.per_thread.connection().execute(SELECT_ITEM, (item_id,)).fetchall())


@router.post("/sync_threadpool/write/{item_id}", responses=not_found)
def update_item_sync_threadpool_write(item_id: ItemId, update: ItemUpdate, database: OpenDatabase) -> Item:
    """sqlite3 in AnyIO's pool of 40 threads, a connection for each."""
    connection = database.per_thread.connection()
    return only_item(connection.execute(UPDATE_ITEM, (update.name, update.value, item_id)).fetchall())


@router.get("/async/blocking/read/{item_id}", responses=not_found)
async def get_item_async_blocking_read(item_id: ItemId, database: OpenDatabase) -> Item:
    """Anti-pattern: sqlite3 on the event loop."""
    return only_item(database.on_loop.execute(SELECT_ITEM, (item_id,)).fetchall())


@router.post("/async/blocking/write/{item_id}", responses=not_found)
async def update_item_async_blocking_write(item_id: ItemId, update: ItemUpdate, database: OpenDatabase) -> Item:
    """Anti-pattern: sqlite3 on the event loop, which also waits there for other writers' locks."""
    return only_item(database.on_loop.execute(UPDATE_ITEM, (update.name, update.value, item_id)).fetchall())


@router.post("/seed")
def seed_items(database: OpenDatabase) -> Seeded:
    """Refill the table with ids 1 to 2000 in one transaction."""
    seed(database.per_thread.connection(), ITEM_COUNT)
    return Seeded(seeded=ITEM_COUNT)


def only_item(rows: Iterable[Any]) -> Item:
    for item_id, name, value in rows:
        return Item(id=item_id, name=name, value=value)
    raise HTTPException(404, "No item has this id")
