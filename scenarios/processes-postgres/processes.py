"""Processes and their tags, read and written as many small applications do it: a session for each request."""

from collections.abc import Collection, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from models import Limit, ProcessId, ProcessIn, ProcessOut, Skip
from tables import Process, Tag, process_tags

router = APIRouter(prefix="/api/v1/processes", tags=["processes"])
not_found: dict[int | str, dict[str, Any]] = {404: {"description": "No process has this id"}}


def opened_session(request: Request) -> Iterator[Session]:
    """It has a connection of the pool from its first statement until the request has been answered."""
    with request.app.state.new_session() as session:
        yield session


OpenedSession = Annotated[Session, Depends(opened_session)]


@router.get("", response_model=list[ProcessOut])
def list_processes(session: OpenedSession, skip: Skip = 0, limit: Limit = 100) -> Any:
    return session.scalars(select(Process).order_by(Process.id).offset(skip).limit(limit)).all()


@router.post("", response_model=ProcessOut, status_code=201)
def create_process(new: ProcessIn, session: OpenedSession) -> Any:
    tags = found_tags(session, new.tag_ids)
    process = Process(name=new.name, description=new.description)
    session.add(process)
    session.flush()
    add_tags(session, process, tags)
    session.commit()
    session.refresh(process)
    return process


@router.get("/{process_id}", response_model=ProcessOut, responses=not_found)
def read_process(process_id: ProcessId, session: OpenedSession) -> Any:
    return found_process(session, process_id)


@router.put("/{process_id}", response_model=ProcessOut, responses=not_found)
def update_process(process_id: ProcessId, new: ProcessIn, session: OpenedSession) -> Any:
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
    return process


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
