"""The tables: processes and tags, and which process has which tags."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, String, Table, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

# A comment on each table, by which a later start knows it again.
MARK = "made by the scenario processes-postgres"


class Base(DeclarativeBase):
    pass


# Its primary key is the pair: a process has a tag once. Two updates of one process at the same time meet here.
process_tags = Table(
    "process_tags",
    Base.metadata,
    Column("process_id", ForeignKey("processes.id", ondelete="CASCADE"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True),
    comment=MARK,
)


class Tag(Base):
    __tablename__ = "tags"
    __table_args__ = {"comment": MARK}

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50), unique=True)


class Process(Base):
    __tablename__ = "processes"
    __table_args__ = {"comment": MARK}

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    description: Mapped[str] = mapped_column(String(500))
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())
    # Read when it is first asked for, one query for each process: the default.
    tags: Mapped[list[Tag]] = relationship(secondary=process_tags, order_by=Tag.id, viewonly=True)
