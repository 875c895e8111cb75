"""What goes over the wire."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

# The seeded ids.
USERS = 2_000
REMINDERS = 50_000


def without_nul(text: str) -> str:
    """JSON can hold the character NUL, PostgreSQL's text cannot."""
    if "\0" in text:
        raise PydanticCustomError("nul_character", "Text must not hold the character NUL")
    return text


Text = Annotated[str, AfterValidator(without_nul)]
UserId = Annotated[int, Field(ge=1, le=USERS, examples=[1])]


class NewMedication(BaseModel):
    user_id: UserId
    name: Text = Field(min_length=1, max_length=100, examples=["Ibuprofen"])
    dose: Text = Field(min_length=1, max_length=50, examples=["400 mg"])


class Medication(BaseModel):
    id: int
    user_id: int
    name: str
    dose: str


class Reminder(BaseModel):
    id: int
    medication_id: int
    due_at: datetime


class NewLog(BaseModel):
    reminder_id: Annotated[int, Field(ge=1, le=REMINDERS, examples=[1])]
    status: Literal["taken", "missed", "skipped"] = Field(examples=["taken"])


class Log(BaseModel):
    id: int
    reminder_id: int
    status: str
