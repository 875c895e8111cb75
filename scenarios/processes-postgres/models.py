"""What goes over the wire."""

from typing import Annotated

from fastapi import Path, Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

# The largest value of the column: a larger one would be refused by the database, as a 500.
MAX_ID = 2**31 - 1


def without_nul(text: str) -> str:
    """JSON can hold the character NUL, PostgreSQL's text cannot."""
    if "\0" in text:
        raise PydanticCustomError("nul_character", "Text must not hold the character NUL")
    return text


ProcessId = Annotated[int, Path(ge=1, le=MAX_ID, description="Seeded ids are 1 to 500.", examples=[1])]
Skip = Annotated[int, Query(ge=0, le=MAX_ID)]
Limit = Annotated[int, Query(ge=1, le=500)]
TagId = Annotated[int, Field(ge=1, le=MAX_ID)]
Text = Annotated[str, AfterValidator(without_nul)]


class ProcessIn(BaseModel):
    name: Text = Field(min_length=1, max_length=100, examples=["invoice approval"])
    description: Text = Field(max_length=500, examples=["who approves which invoices"])
    # A set: the same tag twice in one request is one tag.
    tag_ids: set[TagId] = Field(max_length=20, description="Seeded tags are 1 to 20.", examples=[[1, 2, 3]])


class TagOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str


class ProcessOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str
    description: str
    tags: list[TagOut]
