"""What goes over the wire."""

from typing import Annotated

from fastapi import Path
from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

# The largest value of the column, which is a serial: a larger one would be refused by the database, as a 500.
MAX_ID = 2**31 - 1


def without_nul(text: str) -> str:
    """JSON can hold the character NUL, PostgreSQL's text cannot."""
    if "\0" in text:
        raise PydanticCustomError("nul_character", "Text must not hold the character NUL")
    return text


NoteId = Annotated[int, Path(ge=1, le=MAX_ID, description="Seeded ids are 1 to 500.", examples=[1])]
NoteText = Annotated[str, AfterValidator(without_nul)]


class NewNote(BaseModel):
    title: NoteText = Field(min_length=3, max_length=50, examples=["something"])
    description: NoteText = Field(min_length=3, max_length=50, examples=["something else"])


class Note(BaseModel):
    id: int
    title: str
    description: str
