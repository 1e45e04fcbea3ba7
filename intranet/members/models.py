"""People, their dated statuses, the bodies that decide, and the mandates given."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intranet.core.db import Base, Identified
from intranet.members.statuses import Status

STATUSES = ", ".join(f"'{status}'" for status in Status)


class Cooperative(Base):
    """The one cooperative of this installation and how it wants its intranet to look.

    `rights` holds what the statuses may do where it differs from the defaults, as JSON, and
    """

    __tablename__ = "cooperative"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    locale: Mapped[str]
    time_zone: Mapped[str]
    accent: Mapped[str]
    external_members: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    rights: Mapped[str] = mapped_column(Text, default="{}", server_default="{}")
    rights_decision: Mapped[str | None]
    chat_url: Mapped[str] = mapped_column(default="", server_default="")
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)


class Person(Identified):
    """Somebody the cooperative knows. Never deleted: a record may name them.

    `visible_to` is the audience that reads what the person says about themselves. Once erased,
    the name is a pseudonym and the rest is empty.
    """

    __tablename__ = "person"
    name: Mapped[str]
    about: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    skills: Mapped[str] = mapped_column(Text, default="", server_default="")
    languages: Mapped[str] = mapped_column(default="", server_default="")
    presence: Mapped[str] = mapped_column(default="", server_default="")
    visible_to: Mapped[str] = mapped_column(default="workers", server_default="workers")
    erased_at: Mapped[datetime | None]
    periods: Mapped[list[StatusPeriod]] = relationship(
        order_by="StatusPeriod.starts_on", back_populates="person"
    )


class Portrait(Base):
    """The picture of a person: small, made anew from what was sent, gone with its row."""

    __tablename__ = "portrait"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    image: Mapped[bytes]
    at: Mapped[datetime]


class StatusPeriod(Identified):
    """What a person was from one day to another; an open end means until further notice."""

    __tablename__ = "status_period"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    status: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    decision_number: Mapped[str | None]
    person: Mapped[Person] = relationship(back_populates="periods")
    __table_args__ = (
        CheckConstraint(f"status IN ({STATUSES})", name="known_status"),
        CheckConstraint("ends_on IS NULL OR ends_on > starts_on", name="dates_in_order"),
        Index(
            "uq_status_period_open",
            "person_id",
            unique=True,
            sqlite_where=text("ends_on IS NULL"),
            postgresql_where=text("ends_on IS NULL"),
        ),
        Index("ix_status_period_person", "person_id", "starts_on"),
    )


class Body(Identified):
    """A group that decides and numbers its own decisions: an assembly, a meeting, a circle.

    `statuses` lists, separated by spaces, the statuses whose holders belong to it; a body with
    no such rule has its members by list. `parent_id` is the wider body above it, to which a text
    that it does not adopt can go on.
    """

    __tablename__ = "body"
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    description: Mapped[str] = mapped_column(Text, default="")
    statuses: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    __table_args__ = (
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_its_own_parent"),
    )


class BodyMember(Base):
    """A person who belongs to a body by list."""

    __tablename__ = "body_member"
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)


class PeopleList(Identified):
    """Some people who may read or write something. It never changes: other people are another
    list, so that what names it is for the same people for ever. `key` is their numbers in order.
    """

    __tablename__ = "people_list"
    key: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]


class PeopleListPerson(Base):
    """A person on a list."""

    __tablename__ = "people_list_person"
    list_id: Mapped[int] = mapped_column(ForeignKey("people_list.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    __table_args__ = (Index("ix_people_list_person_person", "person_id"),)


class Mandate(Identified):
    """A task given to a person for a time, by a decision; another one may end it earlier."""

    __tablename__ = "mandate"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    role: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    decision_number: Mapped[str | None]
    end_decision_number: Mapped[str | None]
    end_told_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship()
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on > starts_on", name="dates_in_order"),
        UniqueConstraint("person_id", "role", "body_id", "starts_on"),
    )
