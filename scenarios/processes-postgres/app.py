"""Benchmark target: processes with tags in PostgreSQL, a many-to-many relation behind a small pool of connections."""

import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

import processes
from database import database_url, open_database

log = logging.getLogger("uvicorn.error")


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    with open_database(database_url()) as new_session:
        app.state.new_session = new_session
        yield


def operation_id(route: APIRoute) -> str:
    """`PUT /api/v1/processes/*`: as the authors named the rows of their table."""
    return f"{min(route.methods or ())} {re.sub(r'{[^}]*}', '*', route.path)}"


app = FastAPI(
    title="processes-postgres",
    version="1.0.0",
    description="Processes with tags in PostgreSQL, through SQLAlchemy.",
    lifespan=lifespan,
    generate_unique_id_function=operation_id,
)


@app.get("/health", include_in_schema=False)
def health(request: Request) -> dict[str, str]:
    """Healthy is what can reach its database."""
    with request.app.state.new_session() as session:
        session.execute(text("SELECT 1"))
    return {"status": "ok"}


@app.exception_handler(SQLAlchemyError)
async def failed(request: Request, error: SQLAlchemyError) -> JSONResponse:
    """What the database or the pool says goes into the log and to the client: one line, not a traceback of hundreds."""
    said = error.orig if isinstance(error, DBAPIError) else error
    line = f"{type(said).__name__}: {' '.join(str(said).split())}"
    log.error("%s %s: %s", request.method, request.url.path, line)
    return JSONResponse({"detail": line}, status_code=500)


@app.exception_handler(RequestValidationError)
async def invalid_request(_request: Request, error: RequestValidationError) -> JSONResponse:
    """FastAPI's own answer quotes the input, and becomes a 500 when that is NaN or half a surrogate pair."""
    problems = [{key: value for key, value in problem.items() if key != "input"} for problem in error.errors()]
    return JSONResponse({"detail": problems}, status_code=422)


app.include_router(processes.router)
