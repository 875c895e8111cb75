"""Processes and their tags, read and written as many small applications do it: a session for each request."""

import os
from collections.abc import Collection, Iterator
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, HTTPException, Request
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from models import Limit, ProcessId, ProcessIn, ProcessOut, Skip
from tables import Process, Tag, process_tags

HOLD_SESSIONS = os.environ.get("HOLD_SESSIONS") == "1"

Answer = TypeVar("Answer")
router = APIRouter(prefix="/api/v1/processes", tags=["processes"])
not_found: dict[int | str, dict[str, Any]] = {404: {"description": "No process has this id"}}


def opened_session(request: Request) -> Iterator[Session]:
    """It has a connection of the pool from its first statement until it is closed, here once the answer has been sent."""
    with request.app.state.new_session() as session:
        yield session


OpenedSession = Annotated[Session, Depends(opened_session)]


@router.get("")
def list_processes(session: OpenedSession, skip: Skip = 0, limit: Limit = 500) -> list[ProcessOut]:
    """The tags of each are read when they are asked for, with a query of their own: 501 queries for 500 processes."""
    processes = session.scalars(select(Process).order_by(Process.id).offset(skip).limit(limit))
    return closed(session, [ProcessOut.model_validate(process) for process in processes])


@router.post("", status_code=201)
def create_process(new: ProcessIn, session: OpenedSession) -> ProcessOut:
    tags = found_tags(session, new.tag_ids)
    process = Process(name=new.name, description=new.description)
    session.add(process)
    session.flush()
    add_tags(session, process, tags)
    session.commit()
    session.refresh(process)
    return closed(session, ProcessOut.model_validate(process))


@router.get("/{process_id}", responses=not_found)
def read_process(process_id: ProcessId, session: OpenedSession) -> ProcessOut:
    return closed(session, ProcessOut.model_validate(found_process(session, process_id)))


@router.put("/{process_id}", responses=not_found)
def update_process(process_id: ProcessId, new: ProcessIn, session: OpenedSession) -> ProcessOut:
    """Replaces all that the process has, its tags too: takes the old ones away, and adds the new ones.

    Nothing keeps two requests for the same process apart. The second one's DELETE waits for the first one to commit,
    but cannot see what that has added meanwhile; so its INSERT meets a pair that is there already.
    """
    process = found_process(session, process_id)
    tags = found_tags(session, new.tag_ids)
    session.execute(delete(process_tags).where(process_tags.c.process_id == process_id))
    add_tags(session, process, tags)
    process.name, process.description = new.name, new.description
    session.commit()
    session.refresh(process)
    return closed(session, ProcessOut.model_validate(process))


def closed(session: Session, answer: Answer) -> Answer:
    """Gives the connection back before FastAPI looks at the answer, for which it needs one of its 40 threads again.

    Where a session stays open until the answer has been sent, ten requests with a connection can wait for a thread, and
    all 40 threads for a connection: nothing moves until those give up after 30 s. HOLD_SESSIONS=1 shows it.
    """
    if not HOLD_SESSIONS:
        session.close()
    return answer


def found_process(session: Session, process_id: int) -> Process:
    process = session.get(Process, process_id)
    if process is None:
        raise HTTPException(404, "No process has this id")
    return process


def found_tags(session: Session, tag_ids: Collection[int]) -> list[int]:
    tags = list(session.scalars(select(Tag.id).where(Tag.id.in_(tag_ids)).order_by(Tag.id)))
    if len(tags) < len(tag_ids):
        raise HTTPException(422, "tag_ids has an id that no tag has")
    return tags


def add_tags(session: Session, process: Process, tags: Collection[int]) -> None:
    if tags:
        session.execute(insert(process_tags), [{"process_id": process.id, "tag_id": tag} for tag in tags])
