"""The four endpoints: two that read, of which one is cached, and two that write."""

from typing import Annotated, Any

import asyncpg
from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from pydantic import TypeAdapter

from cache import Cache
from database import INSERT_LOG, INSERT_MEDICATION, SELECT_MEDICATIONS, SELECT_REMINDERS, WAIT_SECONDS
from models import Log, Medication, NewLog, NewMedication, Reminder, UserId

MEDICATIONS = "medications:newest"

router = APIRouter()
list_of_medications = TypeAdapter(list[Medication])


class Stores:
    """The database and the cache of this process."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]", cache: Cache) -> None:
        self.pool = pool
        self.cache = cache

    async def fetch(self, statement: str, *values: object) -> list[dict[str, Any]]:
        async with self.pool.acquire(timeout=WAIT_SECONDS) as connection:
            return [dict(row) for row in await connection.fetch(statement, *values)]


async def opened_stores(request: Request) -> Stores:
    stores: Stores = request.app.state.stores
    return stores


OpenStores = Annotated[Stores, Depends(opened_stores)]


@router.get("/medications/get_all", tags=["medications"], response_model=list[Medication])
async def get_all_medications(stores: OpenStores) -> Response:
    """The 50 newest medications, from the cache."""

    async def make() -> bytes:
        return list_of_medications.dump_json([Medication(**row) for row in await stores.fetch(SELECT_MEDICATIONS)])

    return Response(await stores.cache.get_or_make(MEDICATIONS, make), media_type="application/json")


@router.post("/medications/create", status_code=201, tags=["medications"])
async def create_medication(medication: NewMedication, stores: OpenStores) -> Medication:
    """Makes the cached list outdated."""
    [row] = await stores.fetch(INSERT_MEDICATION, medication.user_id, medication.name, medication.dose)
    await stores.cache.forget(MEDICATIONS)
    return Medication(**row)


@router.get("/reminders", tags=["reminders"])
async def list_reminders(user_id: Annotated[UserId, Query()], stores: OpenStores) -> list[Reminder]:
    """The next 20 reminders of a user; no index helps to find them."""
    return [Reminder(**row) for row in await stores.fetch(SELECT_REMINDERS, user_id)]


@router.post("/logs/create", status_code=201, tags=["logs"])
async def create_log(log: NewLog, stores: OpenStores) -> Log:
    """What came of a reminder."""
    try:
        [row] = await stores.fetch(INSERT_LOG, log.reminder_id, log.status)
    except asyncpg.ForeignKeyViolationError:
        raise HTTPException(404, "No reminder has this id") from None
    return Log(**row)
