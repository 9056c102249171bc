"""BASE: every table of Kontaktnetz, targets of links before the tables that point at them."""

from __future__ import annotations

from schemas.certification.tables import (
    Assessment,
    Certification,
    CertificationRound,
    CertificationStep,
    Criterion,
    StepRecord,
)
from schemas.contacts.tables import (
    Function,
    Interaction,
    InteractionParticipant,
    Office,
    Organisation,
    Person,
    Relationship,
    TeamMember,
)
from schemas.events.tables import CheckIn, Draw, Event, GuestGroup, Invitation, Reply, Stand
from schemas.model import Base
from schemas.network.tables import Body, Contribution, Seat, Task
from schemas.operations.tables import Conflict, Duplicate, JobRun, JournalEntry, Post

BASE = Base(
    title="Kontaktnetz",
    records=(
        Organisation,
        Person,
        TeamMember,
        Office,
        Function,
        Interaction,
        InteractionParticipant,
        Relationship,
        Contribution,
        Body,
        Seat,
        Task,
        Event,
        GuestGroup,
        Invitation,
        Reply,
        CheckIn,
        Stand,
        Draw,
        CertificationStep,
        Criterion,
        CertificationRound,
        Certification,
        StepRecord,
        Assessment,
        JobRun,
        Conflict,
        Duplicate,
        JournalEntry,
        Post,
    ),
)
