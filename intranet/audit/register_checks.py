"""The register against the journal, the counters, the proposals and the rules."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from intranet.audit.payloads import payloads
from intranet.core import clock
from intranet.core.transaction import Reader
from intranet.decisions.models import Counter, Decision
from intranet.members.queries import cooperative
from intranet.polls.models import Poll
from intranet.proposals.advised.models import AdvisedDecision
from intranet.proposals.models import Proposal
from intranet.wiki.models import Page, Revision


def recorded(reader: Reader) -> Iterator[str]:
    """Each decision entered once, with the number, result and text that the journal holds."""
    entered = {
        one["decision_id"]: (one["number"], one["result"], one["text_digest"])
        for one in payloads(reader, "DecisionEntered")
    }
    query = select(Decision.id, Decision.number, Decision.result, Decision.text_digest)
    for decision_id, *record in reader.session.execute(query.order_by(Decision.id)):
        if entered.pop(decision_id, None) != tuple(record):
            yield f"decision {record[0]} is not the one that the journal says was entered"
    for number, *_ in entered.values():
        yield f"decision {number} was entered and is no longer in the register"


def gaps(reader: Reader) -> Iterator[str]:
    """No number is missing in a series that the register counts.

    Series without years come from other registers. A gap right below a number that was copied
    from an old paper or another register is theirs.
    """
    series: dict[tuple[str, int], dict[int, bool]] = {}
    zone = cooperative(reader.session).zone
    columns = (Decision.number, Decision.year, Decision.sequence, Decision.origin_kind)
    for number, year, sequence, origin, at in reader.session.execute(
        select(*columns, Decision.recorded_at).where(Decision.year > 0)
    ):
        is_copied = origin == "import" or clock.local_day(at, zone).year > year
        series.setdefault((number.split("-")[0], year), {})[sequence] = is_copied
    for (code, year), copied in sorted(series.items()):
        for missing in _missing(copied):
            yield f"{code}-{year}-{missing:03d} is missing"
    for counter in reader.session.scalars(select(Counter).order_by(Counter.series, Counter.year)):
        last = max(series.get((counter.series, counter.year), {0: False}))
        if counter.last != last:
            yield f"{counter.series}-{counter.year} counted to {counter.last} and holds {last}"


def _missing(copied: dict[int, bool]) -> Iterator[int]:
    before = 0
    for sequence in sorted(copied):
        if not copied[sequence]:
            yield from range(before + 1, sequence)
        before = sequence


_ADOPTING = (("adopted", None), ("advised", "adopt"))
"""The result of a vote, and what its author decided after it, that adopt a proposal."""


def adoptions(reader: Reader) -> Iterator[str]:
    """What the journal says was adopted is adopted, by its poll or by its author after advice,
    under the number of a decision that came from it; and nothing else is."""
    adopted = {
        one["proposal_id"]: one["decision_number"] for one in payloads(reader, "ProposalAdopted")
    }
    query = (
        select(Proposal.id, Proposal.decision_number, Decision, Poll.result, AdvisedDecision.choice)
        .outerjoin(Decision, Decision.number == Proposal.decision_number)
        .outerjoin(Poll, Poll.id == Proposal.poll_id)
        .outerjoin(AdvisedDecision, AdvisedDecision.poll_id == Proposal.poll_id)
        .where(Proposal.state == "adopted")
        .order_by(Proposal.id)
    )
    for proposal_id, number, decision, result, choice in reader.session.execute(query):
        if adopted.pop(proposal_id, None) != number:
            yield f"proposal {proposal_id}: the journal does not say that it became {number}"
        if decision is None:
            yield f"proposal {proposal_id}: its decision {number} is not in the register"
        elif (decision.origin_kind, decision.origin_id) != ("proposal", proposal_id):
            yield f"proposal {proposal_id}: decision {number} came from somewhere else"
        elif (result, choice) not in _ADOPTING:
            yield f"proposal {proposal_id}: its vote ended with {result}"
    for proposal_id, number in adopted.items():
        yield f"proposal {proposal_id}: it became {number} and is not adopted any more"


def enactments(reader: Reader) -> Iterator[str]:
    """Every text of a rule that a decision made names one that stands in the register."""
    query = (
        select(Page.slug, Revision.number, Revision.decision_number)
        .join(Page, Page.id == Revision.page_id)
        .outerjoin(Decision, Decision.number == Revision.decision_number)
        .where(Revision.decision_number.is_not(None), Decision.id.is_(None))
        .order_by(Revision.id)
    )
    for slug, revision, number in reader.session.execute(query):
        yield f"{slug}, revision {revision}: decision {number} is not in the register"
