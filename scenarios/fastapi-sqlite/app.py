"""Benchmark target: the same work done asynchronously, in a thread pool, and blocking the event loop."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

import db_routes
import simple_routes
from database import database_path, open_database


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open this process's connections; the server answers only once they are ready."""
    async with open_database(database_path()) as database:
        app.state.database = database
        yield


def operation_id(route: APIRoute) -> str:
    return route.name


app = FastAPI(
    title="fastapi-sqlite",
    version="1.0.0",
    description="Async against sync request handlers, with a sleep and with SQLite.",
    lifespan=lifespan,
    generate_unique_id_function=operation_id,
)


@app.get("/health", include_in_schema=False)
async def health() -> dict[str, str]:
    return {"status": "ok"}


@app.exception_handler(RequestValidationError)
async def invalid_request(_request: Request, error: RequestValidationError) -> JSONResponse:
    """FastAPI's own answer quotes the input, and becomes a 500 when that is NaN or half a surrogate pair."""
    problems = [{key: value for key, value in problem.items() if key != "input"} for problem in error.errors()]
    return JSONResponse({"detail": problems}, status_code=422)


app.include_router(simple_routes.router)
app.include_router(db_routes.router)
