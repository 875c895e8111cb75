"""A wait of 50 ms in three ways, without a database."""

import asyncio
import time

from fastapi import APIRouter

from models import ItemId, Slept

SLEEP_SECONDS = 0.05

router = APIRouter(prefix="/api/simple", tags=["simple"])


@router.get("/sync_threadpool/{item_id}")
def simple_sync_threadpool(item_id: ItemId) -> Slept:
    """Blocks one of the 40 threads of AnyIO's pool."""
    time.sleep(SLEEP_SECONDS)
    return Slept(id=item_id)


@router.get("/async_blocking/{item_id}")
async def simple_async_blocking(item_id: ItemId) -> Slept:
    """Anti-pattern: blocks the event loop, and with it every other request of the process."""
    time.sleep(SLEEP_SECONDS)
    return Slept(id=item_id)


@router.get("/async/{item_id}")
async def simple_async(item_id: ItemId) -> Slept:
    """Blocks nobody."""
    await asyncio.sleep(SLEEP_SECONDS)
    return Slept(id=item_id)
