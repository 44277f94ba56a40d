"""
The tables of a dossier, with plain names: what a person finds who opens it in any database browser.

Three kinds: what came in (never changed by what follows), what people decided (only ever added to), and
what follows from both (replaced as a whole). Lists are written "RUS; USA" (:mod:`dragoman.store.plain`),
moments in UTC as ISO 8601, days as ISO days. ``docs/store.md`` is made from the comments here.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

# Tables of many small rows are kept in order of their key (sqlite_with_rowid=False): half the size, and the
# rows of one claim or event lie together.
METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _key(name: str, comment: str, kind: Any = Text, *args: Any) -> Column[Any]:
    """A column of the primary key."""
    return Column(name, kind, *args, primary_key=True, autoincrement=False, comment=comment)


def _must(name: str, comment: str, kind: Any = Text, *args: Any) -> Column[Any]:
    """A column that always has a value."""
    return Column(name, kind, *args, nullable=False, comment=comment)


def _may(name: str, comment: str, kind: Any = Text, *args: Any) -> Column[Any]:
    """A column that is empty where there is nothing to say."""
    return Column(name, kind, *args, nullable=True, comment=comment)


def _report() -> ForeignKey:
    return ForeignKey("reports.id", ondelete="CASCADE")


def _claim() -> ForeignKey:
    return ForeignKey("claims.id", ondelete="CASCADE")


def _event() -> ForeignKey:
    return ForeignKey("events.id", ondelete="CASCADE")


def _slots() -> list[Column[Any]]:
    """The slots that claims and events share."""
    return [
        _must("type", "meeting, proposal, agreement or refusal"),
        _may("kind", "how a meeting is held: in-person, call, video, indirect"),
        _must("status", "held, planned, cancelled, reached, made, ..."),
        _may("date", "when, in EDTF, as precise as the words"),
        _may("date_earliest", "first day that the date allows; empty where it is open", Date),
        _may("date_latest", "last day that the date allows; empty where it is open", Date),
        _may("parties", "party codes"),
        _may("people", "names"),
        _may("mediators", "party codes of who mediates"),
        _may("by_whom", "party codes of who proposes or refuses"),
        _may("to_whom", "party codes of whom it is addressed to"),
        _may("forum", "forum, format or body in which it happens"),
        _may("place", "town or site"),
        _may("country", "party code of the country"),
        _may("subject", "what it is about"),
        _may("title", "name of a document or agreement"),
    ]


# --- What came in -----------------------------------------------------------------------------------------

about = Table(
    "about",
    METADATA,
    _key("name", "made_by, made_at, state, derived_by or as_of"),
    _must("value", "its value"),
    comment="The dossier itself: who made it, and whether what follows from its claims is up to date.",
)

originals = Table(
    "originals",
    METADATA,
    _key("sha256", "SHA-256 of the bytes as they came in"),
    _must("size", "how many bytes they were", Integer),
    _must("packed", "the bytes, compressed (zlib)", LargeBinary),
    _must("packed_sha256", "SHA-256 of the compressed bytes"),
    comment="The bytes of every report as they came in.",
)

reports = Table(
    "reports",
    METADATA,
    Column(
        "number",
        Integer,
        primary_key=True,
        autoincrement=True,
        comment="counts up as reports come in; means nothing else",
    ),
    _must("id", "hash of the original bytes and of the address given with them"),
    _must("name", "the given id, else the file's name; not unique"),
    _must("address", "where it was first found: URL, or file and place in it"),
    _may("title", "headline"),
    _may("url", "address as given"),
    _may("publisher", "outlet"),
    _may("place", "place of writing as given"),
    _may("language", "BCP 47"),
    _may("published", "day of publication, in EDTF; empty where it cannot be known"),
    _must("basis", "where the day comes from: stated, inferred or unknown"),
    _may("earliest", "first day on which it can have been published", Date),
    _may("latest", "last day on which it can have been published", Date),
    _must("current", "whether it is the newest version at an address; only current reports count", Boolean),
    _must("copies", "id of its group of copies, its own id where it is alone; a group is one source"),
    _must("original", "the bytes as they came in", Text, ForeignKey("originals.sha256")),
    _must("text", "the text that every span counts in"),
    _must("text_sha256", "SHA-256 of the text"),
    _must("read_at", "when it was read"),
    _must("reader", "version of Dragoman that read it"),
    _may("notes", "what was repaired on the way in, a line each"),
    _may("signature", "MinHash of its words, for finding copies", LargeBinary),
    UniqueConstraint("id"),
    Index(None, "earliest"),
    comment="Every version of every report.",
)

addresses = Table(
    "addresses",
    METADATA,
    _key("address", "URL, or file and place in it"),
    _key("report", "what was found there", Text, _report()),
    _must("first_seen", "when it was first found there"),
    _must("last_seen", "when it was last found there"),
    _must("current", "whether it is the newest version there", Boolean),
    Index(None, "report"),
    comment="Where reports were found; another report at an address is a newer version.",
)

readings = Table(
    "readings",
    METADATA,
    _key("report", "the report", Text, _report()),
    _must("size", "how many bytes the row has", Integer),
    _must("packed", "the row that dragoman read --json prints, UTF-8, compressed (zlib)", LargeBinary),
    comment="All that was read in a report, with every reason.",
)

claims = Table(
    "claims",
    METADATA,
    _key("id", "hash of the report and of the place in it"),
    _must("report", "the report that says so", Text, _report()),
    _must("event", "id of the event in that report, as dragoman read prints it"),
    *_slots(),
    Index(None, "report"),
    comment="What one report says of one happening. Only claims of current reports count.",
)

claim_parties = Table(
    "claim_parties",
    METADATA,
    _key("claim", "the claim", Text, _claim()),
    _key("role", "parties, mediators, by or to"),
    _key("party", "party code"),
    Index(None, "party"),
    sqlite_with_rowid=False,
    comment="The parties of each claim, one a row, for queries.",
)

claim_people = Table(
    "claim_people",
    METADATA,
    _key("claim", "the claim", Text, _claim()),
    _key("person", "name"),
    Index(None, "person"),
    sqlite_with_rowid=False,
    comment="The people of each claim, one a row, for queries.",
)

words = Table(
    "words",
    METADATA,
    _key("claim", "the claim", Text, _claim()),
    _key("slot", "the slot that they carry; evidence for those that tell of it at all"),
    _key("n", "counts from 0", Integer),
    _must("start", "where they begin in the report's text, in characters from 0", Integer),
    _must("stop", "where they end, exclusive", Integer),
    _must("exact", "the words themselves"),
    sqlite_with_rowid=False,
    comment="The words of the report that justify each claim.",
)

statements = Table(
    "statements",
    METADATA,
    _key("report", "the report", Text, _report()),
    _key("n", "counts from 0, in order of the text", Integer),
    _must("speaker", "who says so"),
    _may("party", "party code that the speaker speaks for"),
    _must("direct", "whether any of it stands in quotation marks", Boolean),
    _may("date", "when it was said, in EDTF"),
    _must("content", "the words said"),
    _must("content_start", "where they begin in the report's text", Integer),
    _must("content_stop", "where they end, exclusive", Integer),
    _may("cue", "the words of saying"),
    _may("cue_start", "where they begin", Integer),
    _may("cue_stop", "where they end, exclusive", Integer),
    _may("source", "the words that name the speaker"),
    _may("source_start", "where they begin", Integer),
    _may("source_stop", "where they end, exclusive", Integer),
    Index(None, "speaker"),
    comment="Who said what.",
)

defects = Table(
    "defects",
    METADATA,
    _key("report", "the report", Text, _report()),
    _key("n", "counts from 0, in order of the text", Integer),
    _must("kind", "lost-words, broken-quotation, headline-unsupported, ..."),
    _must("exact", "the words at fault"),
    _must("start", "where they begin in the report's text", Integer),
    _must("stop", "where they end, exclusive", Integer),
    _must("note", "what is wrong with them"),
    comment="Faults of the reports.",
)

entities = Table(
    "entities",
    METADATA,
    _key("report", "the report", Text, _report()),
    _key("id", "unique in the report: person:sergei-lavrov"),
    _must("n", "counts from 0, in the order in which they were found", Integer),
    _must("kind", "person, state, organisation, group, forum, place or document"),
    _must("name", "fullest form in the report"),
    _may("parties", "party codes that it acts for"),
    _may("office", "the office that a person holds"),
    _may("country", "party code of the country of a place or body"),
    _must("granularity", "of a place: city, country, region, site"),
    _may("why", "where parties and office come from (JSON)"),
    Index(None, "name"),
    comment="Whom and what each report speaks of.",
)

problems = Table(
    "problems",
    METADATA,
    _key("id", "hash of what follows"),
    _must("source", "what was named to dragoman build"),
    _must("place", "file, with the line where there is one, or URL"),
    _must("stage", "who says so: intake, text, language, ..., worker"),
    _must("message", "what is wrong and what to try"),
    _may("report", "the report, where it was read in part; empty where nothing was", Text, _report()),
    _must("at", "when it was first met"),
    Index(None, "report"),
    comment="What could not be read, or not in full.",
)

# --- What people decided ----------------------------------------------------------------------------------

judgements = Table(
    "judgements",
    METADATA,
    _key("id", "hash of its content"),
    _must("decision", "same, different, correct, not-an-event or undo"),
    _must("who", "who decided"),
    _must("at", "when"),
    _must("why", "why"),
    _may("slot", "which slot a correction is about"),
    _may("value", "its right value (JSON)"),
    _may("undoes", "the judgement that no longer counts"),
    comment="Decisions of people; only ever added to.",
)

judgement_anchors = Table(
    "judgement_anchors",
    METADATA,
    _key("judgement", "the judgement", Text, ForeignKey("judgements.id")),
    _key("n", "counts from 0", Integer),
    _must("claim", "the claim that is meant"),
    _must("report", "its report"),
    _must("type", "its type"),
    _must("start", "where its evidence begins, so that it is found again under another id", Integer),
    _must("stop", "where its evidence ends, exclusive", Integer),
    Index(None, "claim"),
    comment="Which claims a judgement is about.",
)

# --- What follows from claims and judgements --------------------------------------------------------------

events = Table(
    "events",
    METADATA,
    _key("id", "id of its first claim"),
    _must("n", "counts from 0, in order of date", Integer),
    *_slots(),
    _must("sources", "how many independent sources tell of it; copies count once", Integer),
    _must("claims", "how many claims it is made of", Integer),
    _may("conflicts", "the slots whose values cannot all hold"),
    _must("overdue", "planned, its day has passed, and no report tells of it", Boolean),
    _may("judgements", "ids of the judgements that shaped it"),
    Index(None, "n"),
    Index(None, "date_earliest"),
    comment="What happened, or may, as all reports together tell it.",
)

event_claims = Table(
    "event_claims",
    METADATA,
    _key("event", "the event", Text, _event()),
    _key("n", "counts from 0, in order of publication", Integer),
    _must("claim", "a claim that tells of it"),
    Index(None, "claim"),
    sqlite_with_rowid=False,
    comment="The claims that each event is made of.",
)

event_slots = Table(
    "event_slots",
    METADATA,
    _key("event", "the event", Text, _event()),
    _key("slot", "date, place, parties, ..."),
    _may("value", "what the record shows"),
    _must("many", "whether the value is a list", Boolean),
    _must("standing", "single, agreed, conflict, judged or empty"),
    _must("note", "how it was settled"),
    sqlite_with_rowid=False,
    comment="How each slot of an event was settled; slots that no report fills are left out.",
)

event_support = Table(
    "event_support",
    METADATA,
    _key("event", "the event", Text, _event()),
    _key("slot", "the slot"),
    _key("rank", "0 for the best supported value, then 1, ...", Integer),
    _key("n", "counts the claims that give this value, from 0", Integer),
    _may("claim", "a claim that gives it; empty where no report does"),
    _may("value", "the value"),
    _must("many", "whether the value is a list", Boolean),
    _must("sources", "how many independent sources give it", Integer),
    sqlite_with_rowid=False,
    comment="Every value that a report gives for a slot of an event.",
)

event_history = Table(
    "event_history",
    METADATA,
    _key("event", "the event", Text, _event()),
    _key("n", "counts from 0, in order of publication", Integer),
    _must("status", "the status that the report gives"),
    _may("date", "the date that it gives, in EDTF"),
    _may("published", "when the report was published, in EDTF"),
    _must("report", "the report"),
    _must("claim", "its claim"),
    sqlite_with_rowid=False,
    comment="What the reports said of an event's status, one after the other.",
)

event_parties = Table(
    "event_parties",
    METADATA,
    _key("event", "the event", Text, _event()),
    _key("role", "parties, mediators, by or to"),
    _key("party", "party code"),
    Index(None, "party", "event"),
    sqlite_with_rowid=False,
    comment="The parties of each event, one a row, for queries.",
)

event_people = Table(
    "event_people",
    METADATA,
    _key("event", "the event", Text, _event()),
    _key("person", "name"),
    Index(None, "person", "event"),
    sqlite_with_rowid=False,
    comment="The people of each event, one a row, for queries.",
)

matches = Table(
    "matches",
    METADATA,
    _key("claim", "one claim"),
    _key("other", "another claim"),
    _must("verdict", "same, different or unsure"),
    _must("score", "sum of the weights", Float),
    _must("decided_by", "table, or the id of the judgement"),
    _must("why", "what the table could not decide"),
    _must("features", "name, weight and the two values of each feature (JSON)"),
    Index(None, "verdict"),
    Index(None, "other"),
    comment="Pairs of claims that tell of one event, or might.",
)

dropped = Table(
    "dropped",
    METADATA,
    _key("claim", "a claim that a person judged to be no event"),
    comment="Claims that make no event.",
)

negotiations = Table(
    "negotiations",
    METADATA,
    _key("id", "from its first event"),
    _must("n", "counts from 0", Integer),
    _must("name", "its forum or parties, and its subject"),
    _may("parties", "party codes"),
    _may("forum", "its forum"),
    _may("subject", "what it is about"),
    _must("why", "what holds its events together"),
    _may("last_meeting", "the latest meeting that was held or is under way"),
    _may("next_meeting", "the next that is planned"),
    comment="Events that belong to one negotiation.",
)


def _negotiation() -> ForeignKey:
    return ForeignKey("negotiations.id", ondelete="CASCADE")


negotiation_events = Table(
    "negotiation_events",
    METADATA,
    _key("negotiation", "the negotiation", Text, _negotiation()),
    _key("n", "counts from 0, in order of date", Integer),
    _must("event", "an event that belongs to it"),
    Index(None, "event"),
    sqlite_with_rowid=False,
    comment="The events of each negotiation.",
)

negotiation_items = Table(
    "negotiation_items",
    METADATA,
    _key("negotiation", "the negotiation", Text, _negotiation()),
    _key("item", "proposal, agreement, refusal, unanswered or overdue"),
    _key("n", "counts from 0", Integer),
    _must("event", "the event"),
    _may("answers", "for a proposal: ids of the events that answer it"),
    comment="Where each negotiation stands.",
)

profiles = Table(
    "profiles",
    METADATA,
    _key("id", "person:sergei-lavrov; from the usual name"),
    _must("n", "counts from 0", Integer),
    _must("kind", "person, state, organisation, group, ..."),
    _must("name", "the fullest and most frequent form"),
    _may("parties", "party codes that it acts for"),
    Index(None, "name"),
    comment="One person or body over all reports.",
)


def _profile() -> ForeignKey:
    return ForeignKey("profiles.id", ondelete="CASCADE")


profile_spellings = Table(
    "profile_spellings",
    METADATA,
    _key("profile", "the profile", Text, _profile()),
    _key("n", "counts from 0, the most frequent first", Integer),
    _must("spelling", "a form of the name"),
    _must("reports", "how many reports use it", Integer),
    Index(None, "spelling"),
    sqlite_with_rowid=False,
    comment="The forms of each name.",
)

profile_offices = Table(
    "profile_offices",
    METADATA,
    _key("profile", "the profile", Text, _profile()),
    _key("n", "counts from 0, in order of time", Integer),
    _must("office", "the office"),
    _may("party", "party code that it is held for"),
    _may("first", "first day on which it is told"),
    _may("last", "last day on which it is told"),
    _must("in_table", "whether the dated table of office holders says so too", Boolean),
    _may("reports", "ids of the reports that say so"),
    comment="The offices that reports give to each person, with their time.",
)

profile_reports = Table(
    "profile_reports",
    METADATA,
    _key("profile", "the profile", Text, _profile()),
    _key("n", "counts from 0", Integer),
    _must("report", "a report that speaks of it"),
    Index(None, "report"),
    sqlite_with_rowid=False,
    comment="The reports that speak of each person or body.",
)

copies = Table(
    "copies",
    METADATA,
    _key("report", "a report that is a copy of others"),
    _must("copies", "id of the group: its first report"),
    _must("likeness", "share of its words that the most similar other of the group has too", Float),
    Index(None, "copies"),
    comment="Groups of reports that carry one text.",
)

# The value of "state" in the table about.
STALE = "changed since its events were made"
FRESH = "events are up to date"

# Replaced together, those that refer to others first.
DERIVED = (
    event_claims, event_slots, event_support, event_history, event_parties, event_people, events,
    matches, dropped, negotiation_events, negotiation_items, negotiations,
    profile_spellings, profile_offices, profile_reports, profiles,
)  # fmt: skip
# What a reading gives, replaced when a report is read anew.
OF_A_READING = (readings, statements, defects, entities, claims)
