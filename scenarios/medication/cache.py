"""The cache in Redis: what is in it is asked for often and may be some seconds old."""

import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from redis.asyncio import Redis
from redis.exceptions import RedisError

LIFE_SECONDS = 5
WAIT_SECONDS = 1.0

log = logging.getLogger("uvicorn.error")


class Cache:
    """Texts by key. A cache that does not answer is done without: each request then does its work itself."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._answers = True

    async def get_or_make(self, key: str, make: Callable[[], Awaitable[bytes]]) -> bytes:
        try:
            found: bytes | None = await self._redis.get(key)
            self._said(None)
        except (RedisError, OSError) as error:
            self._said(error)
            return await make()
        if found is not None:
            return found
        made = await make()
        await self._try(self._redis.set(key, made, ex=LIFE_SECONDS))
        return made

    async def forget(self, key: str) -> None:
        await self._try(self._redis.delete(key))

    async def _try(self, command: Awaitable[object]) -> None:
        try:
            await command
            self._said(None)
        except (RedisError, OSError) as error:
            self._said(error)

    def _said(self, error: Exception | None) -> None:
        """Once for each change: a line for each of thousands of requests would be most of the work."""
        if self._answers == (error is None):
            return
        self._answers = error is None
        log.warning("Redis answers again" if error is None else f"Redis does not answer: {error}")


def redis_url() -> str:
    url = os.environ.get("REDIS_URL")
    if not url:
        raise RuntimeError("REDIS_URL is not set: it names a Redis, as in redis://127.0.0.1:6379/0")
    return url


@asynccontextmanager
async def open_cache(url: str) -> AsyncIterator[Cache]:
    """Fails at once where there is no Redis, or a wrong password."""
    redis = Redis.from_url(url, socket_timeout=WAIT_SECONDS, socket_connect_timeout=WAIT_SECONDS)
    try:
        await redis.ping()
        yield Cache(redis)
    finally:
        await redis.aclose()
