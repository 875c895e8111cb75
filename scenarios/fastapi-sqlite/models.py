"""What goes over the wire."""

from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, Field

# The largest integer that JavaScript and JSON tools keep exact. It fits SQLite's 64 bits,
# so that no valid request can overflow a column and end as a 500.
MAX_INTEGER = 2**53 - 1

ItemId = Annotated[int, Path(ge=1, le=MAX_INTEGER, description="Seeded ids are 1 to 2000.", examples=[1])]


class ItemUpdate(BaseModel):
    name: str = Field(min_length=1, max_length=255, examples=["updated item"])
    value: int = Field(ge=-MAX_INTEGER, le=MAX_INTEGER, examples=[42])


class Item(BaseModel):
    id: int
    name: str
    value: int


class Slept(BaseModel):
    id: int


class Seeded(BaseModel):
    seeded: int
