"""One of each thing that the story of the example does not hold: what is asked for by its address
must be there to be asked for. The table of who opens what is measured on it."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

from sqlalchemy import select

from intranet.auth.invitations.service import Guest, invite
from intranet.auth.models import Account
from intranet.auth.passkeys.models import Passkey
from intranet.core import stored_files
from intranet.core.block_changes import BlockChange
from intranet.core.transaction import Transaction, transaction
from intranet.corrections.service import correct_rule
from intranet.decisions.actions.service import Plan, plan_action
from intranet.decisions.attachments.service import attach_file
from intranet.decisions.models import Decision
from intranet.members.models import Body, Portrait
from intranet.members.queries import today
from intranet.membership.integration.service import DossierWords, add_step, open_dossier
from intranet.polls.proxies.service import give_proxy
from intranet.polls.proxies.standing import Offer
from intranet.proposals.models import Proposal
from intranet.proposals.service import comment_proposal
from intranet.proposals.suggestions.service import Suggested, suggest
from intranet.proposals.versions import latest
from intranet.proposals.workflow import State
from intranet.search.saved.service import save_search
from intranet.wiki.attachments.service import attach_to_page
from intranet.wiki.comments.service import Remark, comment_page
from intranet.wiki.corrections.models import Mended
from intranet.wiki.guests.service import invite_guest
from intranet.wiki.imports.report import Target
from intranet.wiki.imports.service import Sent, note_import
from intranet.wiki.models import Page, PageKind
from intranet.wiki.offers.service import offer_change
from intranet.wiki.rules import rule_text
from intranet.wiki.typed import TextChange

WORDS = "Une phrase de l’exemple"
MOST_BYTES = 1000
NO_PARCEL = "0" * 32


def lay(who: dict[str, int]) -> None:
    """Add them to a loaded example; `who` gives the numbers of its people by status."""
    member, external = who["member_employee"], who["member_external"]
    with transaction(member) as tx:
        _on_the_way_in(tx, who)
        _on_pages(tx)
        _in_the_register(tx, member)
        _lend(tx, external)
        comment_proposal(tx, _discussed(tx).id, WORDS)
    with transaction(external) as tx:
        _in_a_proposal(tx)
    with transaction(None) as tx:
        for person_id in who.values():
            _own_things(tx, person_id)
    for person_id in who.values():
        _searched(person_id)


def _on_the_way_in(tx: Transaction, who: dict[str, int]) -> None:
    dossier = open_dossier(tx, who["applicant"], DossierWords("member_employee", WORDS), [WORDS])
    add_step(tx, dossier, WORDS, None)
    invite(tx, Guest("somebody@example.org", "Somebody", "sympathiser"))


def _page(tx: Transaction, kind: PageKind) -> Page:
    """An open page of this kind."""
    found = select(Page).where(Page.kind == kind, Page.audience == "open")
    return tx.session.scalars(found.order_by(Page.id.desc()).limit(1)).one()


def _file() -> stored_files.Stored:
    return stored_files.keep(BytesIO(WORDS.encode()), MOST_BYTES)


def _on_pages(tx: Transaction) -> None:
    page, rule = _page(tx, PageKind.ORDINARY), _page(tx, PageKind.RULE)
    comment_page(tx, page.id, Remark(WORDS))
    attach_to_page(tx, page.id, "example.txt", _file())
    invite_guest(tx, page.id, WORDS, today(tx) + timedelta(days=9))
    offer_change(tx, page.id, TextChange(page.current_revision_id or 0, WORDS, summary=WORDS))
    block = next(one for one in rule_text(tx, rule.id).blocks if one.text.endswith("."))
    mended = Mended(rule.id, block.id, block.text, block.text.removesuffix("."))
    correct_rule(tx, mended, WORDS)
    note_import(tx, Sent(WORDS, NO_PARCEL, "markdown"), Target("workers"), "{}", 1)


def _in_the_register(tx: Transaction, member: int) -> None:
    newest = select(Decision.number).where(Decision.result == "adopted")
    number = tx.session.scalars(newest.order_by(Decision.id.desc()).limit(1)).one()
    plan_action(tx, number, Plan(WORDS, member, None))
    attach_file(tx, number, "example.txt", _file())


def _discussed(tx: Transaction) -> Proposal:
    discussed = select(Proposal).where(Proposal.state == State.DISCUSSION)
    return tx.session.scalars(discussed.where(Proposal.kind == "resolution").limit(1)).one()


def _in_a_proposal(tx: Transaction) -> None:
    proposal = _discussed(tx)
    change = BlockChange("insert_after", None, "", WORDS)
    suggest(tx, proposal.id, Suggested([change], latest(tx, proposal).number, WORDS))


def _lend(tx: Transaction, holder: int) -> None:
    body = tx.session.scalars(select(Body.id).order_by(Body.id).limit(1)).one()
    day = today(tx)
    give_proxy(tx, Offer(holder, body, starts_on=day, ends_on=day + timedelta(days=1)))


def _own_things(tx: Transaction, person_id: int) -> None:
    """A device and a picture for each account."""
    account = tx.session.scalars(select(Account.id).where(Account.person_id == person_id)).one()
    key = f"{person_id:08}"
    tx.session.add(
        Passkey(
            account_id=account,
            credential_id=key,
            public_key=key,
            sign_count=0,
            name=WORDS,
            created_at=tx.now,
        )
    )
    tx.session.add(Portrait(person_id=person_id, image=WORDS.encode(), at=tx.now))


def _searched(person_id: int) -> None:
    with transaction(person_id) as tx:
        save_search(tx, WORDS)
