"""The stages in order: documents in, one record a policy out, with a report of what was dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from loaders.agencies import extract_agencies
from loaders.amounts import ClauseAmounts, extract_amounts
from loaders.honors import extract_honors
from loaders.identity import Identity, extract_identity
from loaders.industries import extract_industries
from loaders.jurisdiction import settle_by_neighbours
from loaders.matches import extract_matches
from loaders.plain import Passage, PlainView, plain_view
from loaders.record import ClauseRecord, Fact, LevelMatch, Mention, PolicyRecord
from loaders.references import extract_references
from loaders.rules import extract_rules
from loaders.segment import segment_clauses
from loaders.split import split_policies
from loaders.topics import extract_topics
from loaders.types import Document, Dropped

F = TypeVar("F", bound=Fact)

# `starts` of a clause: so many characters of its text, by the annotators' guideline.
_STARTS = 16


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document gave: its policies' records in their order, and what was dropped."""

    document: str
    records: list[PolicyRecord]
    dropped: list[Dropped]


def extract_document(document: Document) -> Extraction:
    """Reads all policies of one document."""
    policies, dropped = split_policies(document)
    views = [plain_view(policy, segment_clauses(policy)) for policy in policies]
    identities = [extract_identity(view) for view in views]
    settle_by_neighbours([identity.where for identity in identities])
    records = [extract_facts(view, identity) for view, identity in zip(views, identities, strict=True)]
    return Extraction(document.name, records, [*document.dropped, *dropped])


def extract_facts(view: PlainView, identity: Identity) -> PolicyRecord:
    """Runs every fact stage over one policy and puts the facts together, their spans led back to the policy's text."""
    policy, division = view.policy, identity.where.division
    amounts, preamble = extract_amounts(view)
    is_city = identity.level == "district" and (identity.jurisdiction or "").endswith("市")
    matches = extract_matches(view, amounts, identity.level, is_city=is_city)
    # The full name (北京市朝阳区) says which of several divisions of the canonical name is meant.
    place = division.full_name if division else identity.jurisdiction
    agencies = extract_agencies(view, place)
    honors, topics, industries = extract_honors(view), extract_topics(view), extract_industries(view)
    supersedes, cites = extract_references(view)
    excludes, stacks = extract_rules(view, place)
    settle = _Settler(view)
    clauses = [
        _clause_record(settle, passage, part, found, mentions)
        for passage, part, found, *mentions in zip(
            view.passages, amounts, matches, honors, agencies.by_passage, topics, strict=True
        )
    ]
    return PolicyRecord(
        source=policy.document,
        sha256=policy.sha256,
        part=policy.part,
        title=policy.title,
        level=identity.level,
        jurisdiction=identity.jurisdiction,
        division=division.code if division else None,
        kind=identity.kind,
        draft=identity.draft,
        doc_number=identity.doc_number,
        issued_on=identity.issued_on,
        effective_from=identity.effective_from,
        effective_to=identity.effective_to,
        valid_years=identity.valid_years,
        industries=[mention.name for mention in industries],
        clauses=clauses,
        other_amounts=settle(preamble.other_amounts),
        administered_by=settle(agencies.administered_by),
        supersedes=settle(supersedes),
        cites=settle(cites),
        excludes=settle(excludes),
        stacks=settle(stacks),
        unread=settle([fact for part in (preamble, *amounts) for fact in part.unread]),
        unresolved=settle([*identity.where.unresolved(), *agencies.unresolved]),
        evidence={name: view.to_text(*span) for name, span in identity.evidence.items()}
        | {f"industry:{mention.name}": view.to_text(*mention.span) for mention in industries},
        text=policy.text,
        offsets=list(zip(policy.offsets.cleaned, policy.offsets.source, strict=True)),
    )


class _Settler:
    """Leads facts from the plain view back to the policy's text: span and quote."""

    def __init__(self, view: PlainView) -> None:
        self.text = view.policy.text
        self.span = view.to_text

    def __call__(self, facts: list[F]) -> list[F]:
        """The same facts, each with its span in the policy's text and the quote that stands there."""
        for fact in facts:
            fact.span = self.span(*fact.span)
            fact.quote = self.text[fact.span[0] : fact.span[1]]
        return facts


def _clause_record(
    settle: _Settler,
    passage: Passage,
    amounts: ClauseAmounts,
    matches: list[LevelMatch],
    mentions: list[list[Mention]],
) -> ClauseRecord:
    """One clause with its facts; `mentions` are its honors, agencies and topics."""
    honors, agencies, topics = mentions
    start, end = settle.span(passage.start, passage.end)
    return ClauseRecord(
        cite=list(passage.cite),
        heading=passage.heading,
        starts=settle.text[start : min(end, start + _STARTS)],
        span=(start, end),
        benefits=settle(amounts.benefits),
        thresholds=settle(amounts.thresholds),
        other_amounts=settle(amounts.other_amounts),
        honors=[mention.name for mention in honors],
        agencies=[mention.name for mention in agencies],
        matches=settle(matches),
        topics=[mention.name for mention in topics],
        mentions=settle([*honors, *agencies, *topics]),
    )
