"""Benchmark target: medication reminders in PostgreSQL, with Redis as a cache."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

import routes
from cache import open_cache, redis_url
from database import UNAVAILABLE, database_url, open_pool, pool_size

HEALTH_SECONDS = 5.0


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open this process's connections; the server answers only once they are ready."""
    async with open_pool(database_url(), pool_size()) as pool, open_cache(redis_url()) as cache:
        app.state.stores = routes.Stores(pool, cache)
        yield


def operation_id(route: APIRoute) -> str:
    return route.name


app = FastAPI(
    title="medication",
    version="1.0.0",
    description="Medication reminders, in PostgreSQL and Redis.",
    lifespan=lifespan,
    generate_unique_id_function=operation_id,
)


@app.get("/health", include_in_schema=False)
async def health(request: Request) -> dict[str, str]:
    """Healthy is what can reach its database."""
    async with request.app.state.stores.pool.acquire(timeout=HEALTH_SECONDS) as connection:
        await connection.fetchval("SELECT 1", timeout=HEALTH_SECONDS)
    return {"status": "ok"}


async def unavailable(_request: Request, _error: Exception) -> JSONResponse:
    """A traceback for each of thousands of requests would be most of the work."""
    return JSONResponse({"detail": "The database does not answer, or has no connection free"}, status_code=503)


for error in UNAVAILABLE:
    app.add_exception_handler(error, unavailable)


@app.exception_handler(RequestValidationError)
async def invalid_request(_request: Request, error: RequestValidationError) -> JSONResponse:
    """FastAPI's own answer quotes the input, and becomes a 500 when that is NaN or half a surrogate pair."""
    problems = [{key: value for key, value in problem.items() if key != "input"} for problem in error.errors()]
    return JSONResponse({"detail": problems}, status_code=422)


app.include_router(routes.router)
