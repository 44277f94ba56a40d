"""
The tables of the first dossiers.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Judgements are only ever added to; the index of the texts follows the reports (the trigram tokenizer finds
# scripts without spaces).
SQLITE = """
CREATE VIRTUAL TABLE reports_index
    USING fts5(title, text, content='reports', content_rowid='number', tokenize='trigram')
;;
CREATE TRIGGER reports_index_add AFTER INSERT ON reports BEGIN
    INSERT INTO reports_index (rowid, title, text) VALUES (new.number, new.title, new.text);
END
;;
CREATE TRIGGER reports_index_drop AFTER DELETE ON reports BEGIN
    INSERT INTO reports_index (reports_index, rowid, title, text)
        VALUES ('delete', old.number, old.title, old.text);
END
;;
CREATE TRIGGER reports_index_change AFTER UPDATE OF title, text ON reports BEGIN
    INSERT INTO reports_index (reports_index, rowid, title, text)
        VALUES ('delete', old.number, old.title, old.text);
    INSERT INTO reports_index (rowid, title, text) VALUES (new.number, new.title, new.text);
END
;;
CREATE TRIGGER judgements_change BEFORE UPDATE ON judgements BEGIN
    SELECT RAISE(ABORT, 'judgements are only ever added to');
END
;;
CREATE TRIGGER judgements_drop BEFORE DELETE ON judgements BEGIN
    SELECT RAISE(ABORT, 'judgements are only ever added to');
END
;;
CREATE TRIGGER judgement_anchors_change BEFORE UPDATE ON judgement_anchors BEGIN
    SELECT RAISE(ABORT, 'judgements are only ever added to');
END
;;
CREATE TRIGGER judgement_anchors_drop BEFORE DELETE ON judgement_anchors BEGIN
    SELECT RAISE(ABORT, 'judgements are only ever added to');
END
"""
POSTGRESQL = """
CREATE FUNCTION judgements_stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'judgements are only ever added to';
END $$
;;
CREATE TRIGGER judgements_stay BEFORE UPDATE OR DELETE ON judgements
    FOR EACH STATEMENT EXECUTE FUNCTION judgements_stay()
;;
CREATE TRIGGER judgement_anchors_stay BEFORE UPDATE OR DELETE ON judgement_anchors
    FOR EACH STATEMENT EXECUTE FUNCTION judgements_stay()
"""
EXTRAS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "about",
        sa.Column(
            "name",
            sa.Text(),
            autoincrement=False,
            nullable=False,
            comment="made_by, made_at, state, derived_by or as_of",
        ),
        sa.Column("value", sa.Text(), nullable=False, comment="its value"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_about")),
        comment="The dossier itself: who made it, and whether what follows from its claims is up to date.",
    )
    op.create_table(
        "copies",
        sa.Column(
            "report",
            sa.Text(),
            autoincrement=False,
            nullable=False,
            comment="a report that is a copy of others",
        ),
        sa.Column("copies", sa.Text(), nullable=False, comment="id of the group: its first report"),
        sa.Column(
            "likeness",
            sa.Float(),
            nullable=False,
            comment="share of its words that the most similar other of the group has too",
        ),
        sa.PrimaryKeyConstraint("report", name=op.f("pk_copies")),
        comment="Groups of reports that carry one text.",
    )
    op.create_index(op.f("ix_copies_copies"), "copies", ["copies"], unique=False)
    op.create_table(
        "dropped",
        sa.Column(
            "claim",
            sa.Text(),
            autoincrement=False,
            nullable=False,
            comment="a claim that a person judged to be no event",
        ),
        sa.PrimaryKeyConstraint("claim", name=op.f("pk_dropped")),
        comment="Claims that make no event.",
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False, comment="id of its first claim"),
        sa.Column("n", sa.Integer(), nullable=False, comment="counts from 0, in order of date"),
        sa.Column("type", sa.Text(), nullable=False, comment="meeting, proposal, agreement or refusal"),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=True,
            comment="how a meeting is held: in-person, call, video, indirect",
        ),
        sa.Column(
            "status", sa.Text(), nullable=False, comment="held, planned, cancelled, reached, made, ..."
        ),
        sa.Column("date", sa.Text(), nullable=True, comment="when, in EDTF, as precise as the words"),
        sa.Column(
            "date_earliest",
            sa.Date(),
            nullable=True,
            comment="first day that the date allows; empty where it is open",
        ),
        sa.Column(
            "date_latest",
            sa.Date(),
            nullable=True,
            comment="last day that the date allows; empty where it is open",
        ),
        sa.Column("parties", sa.Text(), nullable=True, comment="party codes"),
        sa.Column("people", sa.Text(), nullable=True, comment="names"),
        sa.Column("mediators", sa.Text(), nullable=True, comment="party codes of who mediates"),
        sa.Column("by_whom", sa.Text(), nullable=True, comment="party codes of who proposes or refuses"),
        sa.Column("to_whom", sa.Text(), nullable=True, comment="party codes of whom it is addressed to"),
        sa.Column("forum", sa.Text(), nullable=True, comment="forum, format or body in which it happens"),
        sa.Column("place", sa.Text(), nullable=True, comment="town or site"),
        sa.Column("country", sa.Text(), nullable=True, comment="party code of the country"),
        sa.Column("subject", sa.Text(), nullable=True, comment="what it is about"),
        sa.Column("title", sa.Text(), nullable=True, comment="name of a document or agreement"),
        sa.Column(
            "sources",
            sa.Integer(),
            nullable=False,
            comment="how many independent sources tell of it; copies count once",
        ),
        sa.Column("claims", sa.Integer(), nullable=False, comment="how many claims it is made of"),
        sa.Column("conflicts", sa.Text(), nullable=True, comment="the slots whose values cannot all hold"),
        sa.Column(
            "overdue",
            sa.Boolean(),
            nullable=False,
            comment="planned, its day has passed, and no report tells of it",
        ),
        sa.Column("judgements", sa.Text(), nullable=True, comment="ids of the judgements that shaped it"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        comment="What happened, or may, as all reports together tell it.",
    )
    op.create_index(op.f("ix_events_date_earliest"), "events", ["date_earliest"], unique=False)
    op.create_index(op.f("ix_events_n"), "events", ["n"], unique=False)
    op.create_table(
        "judgements",
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False, comment="hash of its content"),
        sa.Column(
            "decision", sa.Text(), nullable=False, comment="same, different, correct, not-an-event or undo"
        ),
        sa.Column("who", sa.Text(), nullable=False, comment="who decided"),
        sa.Column("at", sa.Text(), nullable=False, comment="when"),
        sa.Column("why", sa.Text(), nullable=False, comment="why"),
        sa.Column("slot", sa.Text(), nullable=True, comment="which slot a correction is about"),
        sa.Column("value", sa.Text(), nullable=True, comment="its right value (JSON)"),
        sa.Column("undoes", sa.Text(), nullable=True, comment="the judgement that no longer counts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgements")),
        comment="Decisions of people; only ever added to.",
    )
    op.create_table(
        "matches",
        sa.Column("claim", sa.Text(), autoincrement=False, nullable=False, comment="one claim"),
        sa.Column("other", sa.Text(), autoincrement=False, nullable=False, comment="another claim"),
        sa.Column("verdict", sa.Text(), nullable=False, comment="same, different or unsure"),
        sa.Column("score", sa.Float(), nullable=False, comment="sum of the weights"),
        sa.Column("decided_by", sa.Text(), nullable=False, comment="table, or the id of the judgement"),
        sa.Column("why", sa.Text(), nullable=False, comment="what the table could not decide"),
        sa.Column(
            "features",
            sa.Text(),
            nullable=False,
            comment="name, weight and the two values of each feature (JSON)",
        ),
        sa.PrimaryKeyConstraint("claim", "other", name=op.f("pk_matches")),
        comment="Pairs of claims that tell of one event, or might.",
    )
    op.create_index(op.f("ix_matches_other"), "matches", ["other"], unique=False)
    op.create_index(op.f("ix_matches_verdict"), "matches", ["verdict"], unique=False)
    op.create_table(
        "negotiations",
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False, comment="from its first event"),
        sa.Column("n", sa.Integer(), nullable=False, comment="counts from 0"),
        sa.Column("name", sa.Text(), nullable=False, comment="its forum or parties, and its subject"),
        sa.Column("parties", sa.Text(), nullable=True, comment="party codes"),
        sa.Column("forum", sa.Text(), nullable=True, comment="its forum"),
        sa.Column("subject", sa.Text(), nullable=True, comment="what it is about"),
        sa.Column("why", sa.Text(), nullable=False, comment="what holds its events together"),
        sa.Column(
            "last_meeting",
            sa.Text(),
            nullable=True,
            comment="the latest meeting that was held or is under way",
        ),
        sa.Column("next_meeting", sa.Text(), nullable=True, comment="the next that is planned"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_negotiations")),
        comment="Events that belong to one negotiation.",
    )
    op.create_table(
        "originals",
        sa.Column(
            "sha256",
            sa.Text(),
            autoincrement=False,
            nullable=False,
            comment="SHA-256 of the bytes as they came in",
        ),
        sa.Column("size", sa.Integer(), nullable=False, comment="how many bytes they were"),
        sa.Column("packed", sa.LargeBinary(), nullable=False, comment="the bytes, compressed (zlib)"),
        sa.Column("packed_sha256", sa.Text(), nullable=False, comment="SHA-256 of the compressed bytes"),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_originals")),
        comment="The bytes of every report as they came in.",
    )
    op.create_table(
        "profiles",
        sa.Column(
            "id",
            sa.Text(),
            autoincrement=False,
            nullable=False,
            comment="person:sergei-lavrov; from the usual name",
        ),
        sa.Column("n", sa.Integer(), nullable=False, comment="counts from 0"),
        sa.Column("kind", sa.Text(), nullable=False, comment="person, state, organisation, group, ..."),
        sa.Column("name", sa.Text(), nullable=False, comment="the fullest and most frequent form"),
        sa.Column("parties", sa.Text(), nullable=True, comment="party codes that it acts for"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profiles")),
        comment="One person or body over all reports.",
    )
    op.create_index(op.f("ix_profiles_name"), "profiles", ["name"], unique=False)
    op.create_table(
        "event_claims",
        sa.Column("event", sa.Text(), autoincrement=False, nullable=False, comment="the event"),
        sa.Column(
            "n",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="counts from 0, in order of publication",
        ),
        sa.Column("claim", sa.Text(), nullable=False, comment="a claim that tells of it"),
        sa.ForeignKeyConstraint(
            ["event"], ["events.id"], name=op.f("fk_event_claims_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event", "n", name=op.f("pk_event_claims")),
        comment="The claims that each event is made of.",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_event_claims_claim"), "event_claims", ["claim"], unique=False)
    op.create_table(
        "event_history",
        sa.Column("event", sa.Text(), autoincrement=False, nullable=False, comment="the event"),
        sa.Column(
            "n",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="counts from 0, in order of publication",
        ),
        sa.Column("status", sa.Text(), nullable=False, comment="the status that the report gives"),
        sa.Column("date", sa.Text(), nullable=True, comment="the date that it gives, in EDTF"),
        sa.Column("published", sa.Text(), nullable=True, comment="when the report was published, in EDTF"),
        sa.Column("report", sa.Text(), nullable=False, comment="the report"),
        sa.Column("claim", sa.Text(), nullable=False, comment="its claim"),
        sa.ForeignKeyConstraint(
            ["event"], ["events.id"], name=op.f("fk_event_history_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event", "n", name=op.f("pk_event_history")),
        comment="What the reports said of an event's status, one after the other.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event_parties",
        sa.Column("event", sa.Text(), autoincrement=False, nullable=False, comment="the event"),
        sa.Column(
            "role", sa.Text(), autoincrement=False, nullable=False, comment="parties, mediators, by or to"
        ),
        sa.Column("party", sa.Text(), autoincrement=False, nullable=False, comment="party code"),
        sa.ForeignKeyConstraint(
            ["event"], ["events.id"], name=op.f("fk_event_parties_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event", "role", "party", name=op.f("pk_event_parties")),
        comment="The parties of each event, one a row, for queries.",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_event_parties_party_event"), "event_parties", ["party", "event"], unique=False)
    op.create_table(
        "event_people",
        sa.Column("event", sa.Text(), autoincrement=False, nullable=False, comment="the event"),
        sa.Column("person", sa.Text(), autoincrement=False, nullable=False, comment="name"),
        sa.ForeignKeyConstraint(
            ["event"], ["events.id"], name=op.f("fk_event_people_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event", "person", name=op.f("pk_event_people")),
        comment="The people of each event, one a row, for queries.",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_event_people_person_event"), "event_people", ["person", "event"], unique=False)
    op.create_table(
        "event_slots",
        sa.Column("event", sa.Text(), autoincrement=False, nullable=False, comment="the event"),
        sa.Column(
            "slot", sa.Text(), autoincrement=False, nullable=False, comment="date, place, parties, ..."
        ),
        sa.Column("value", sa.Text(), nullable=True, comment="what the record shows"),
        sa.Column("many", sa.Boolean(), nullable=False, comment="whether the value is a list"),
        sa.Column("standing", sa.Text(), nullable=False, comment="single, agreed, conflict, judged or empty"),
        sa.Column("note", sa.Text(), nullable=False, comment="how it was settled"),
        sa.ForeignKeyConstraint(
            ["event"], ["events.id"], name=op.f("fk_event_slots_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event", "slot", name=op.f("pk_event_slots")),
        comment="How each slot of an event was settled; slots that no report fills are left out.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event_support",
        sa.Column("event", sa.Text(), autoincrement=False, nullable=False, comment="the event"),
        sa.Column("slot", sa.Text(), autoincrement=False, nullable=False, comment="the slot"),
        sa.Column(
            "rank",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="0 for the best supported value, then 1, ...",
        ),
        sa.Column(
            "n",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="counts the claims that give this value, from 0",
        ),
        sa.Column(
            "claim", sa.Text(), nullable=True, comment="a claim that gives it; empty where no report does"
        ),
        sa.Column("value", sa.Text(), nullable=True, comment="the value"),
        sa.Column("many", sa.Boolean(), nullable=False, comment="whether the value is a list"),
        sa.Column("sources", sa.Integer(), nullable=False, comment="how many independent sources give it"),
        sa.ForeignKeyConstraint(
            ["event"], ["events.id"], name=op.f("fk_event_support_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event", "slot", "rank", "n", name=op.f("pk_event_support")),
        comment="Every value that a report gives for a slot of an event.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "judgement_anchors",
        sa.Column("judgement", sa.Text(), autoincrement=False, nullable=False, comment="the judgement"),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False, comment="counts from 0"),
        sa.Column("claim", sa.Text(), nullable=False, comment="the claim that is meant"),
        sa.Column("report", sa.Text(), nullable=False, comment="its report"),
        sa.Column("type", sa.Text(), nullable=False, comment="its type"),
        sa.Column(
            "start",
            sa.Integer(),
            nullable=False,
            comment="where its evidence begins, so that it is found again under another id",
        ),
        sa.Column("stop", sa.Integer(), nullable=False, comment="where its evidence ends, exclusive"),
        sa.ForeignKeyConstraint(
            ["judgement"], ["judgements.id"], name=op.f("fk_judgement_anchors_judgement")
        ),
        sa.PrimaryKeyConstraint("judgement", "n", name=op.f("pk_judgement_anchors")),
        comment="Which claims a judgement is about.",
    )
    op.create_index(op.f("ix_judgement_anchors_claim"), "judgement_anchors", ["claim"], unique=False)
    op.create_table(
        "negotiation_events",
        sa.Column("negotiation", sa.Text(), autoincrement=False, nullable=False, comment="the negotiation"),
        sa.Column(
            "n", sa.Integer(), autoincrement=False, nullable=False, comment="counts from 0, in order of date"
        ),
        sa.Column("event", sa.Text(), nullable=False, comment="an event that belongs to it"),
        sa.ForeignKeyConstraint(
            ["negotiation"],
            ["negotiations.id"],
            name=op.f("fk_negotiation_events_negotiation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("negotiation", "n", name=op.f("pk_negotiation_events")),
        comment="The events of each negotiation.",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_negotiation_events_event"), "negotiation_events", ["event"], unique=False)
    op.create_table(
        "negotiation_items",
        sa.Column("negotiation", sa.Text(), autoincrement=False, nullable=False, comment="the negotiation"),
        sa.Column(
            "item",
            sa.Text(),
            autoincrement=False,
            nullable=False,
            comment="proposal, agreement, refusal, unanswered or overdue",
        ),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False, comment="counts from 0"),
        sa.Column("event", sa.Text(), nullable=False, comment="the event"),
        sa.Column(
            "answers", sa.Text(), nullable=True, comment="for a proposal: ids of the events that answer it"
        ),
        sa.ForeignKeyConstraint(
            ["negotiation"],
            ["negotiations.id"],
            name=op.f("fk_negotiation_items_negotiation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("negotiation", "item", "n", name=op.f("pk_negotiation_items")),
        comment="Where each negotiation stands.",
    )
    op.create_table(
        "profile_offices",
        sa.Column("profile", sa.Text(), autoincrement=False, nullable=False, comment="the profile"),
        sa.Column(
            "n", sa.Integer(), autoincrement=False, nullable=False, comment="counts from 0, in order of time"
        ),
        sa.Column("office", sa.Text(), nullable=False, comment="the office"),
        sa.Column("party", sa.Text(), nullable=True, comment="party code that it is held for"),
        sa.Column("first", sa.Text(), nullable=True, comment="first day on which it is told"),
        sa.Column("last", sa.Text(), nullable=True, comment="last day on which it is told"),
        sa.Column(
            "in_table",
            sa.Boolean(),
            nullable=False,
            comment="whether the dated table of office holders says so too",
        ),
        sa.Column("reports", sa.Text(), nullable=True, comment="ids of the reports that say so"),
        sa.ForeignKeyConstraint(
            ["profile"], ["profiles.id"], name=op.f("fk_profile_offices_profile"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("profile", "n", name=op.f("pk_profile_offices")),
        comment="The offices that reports give to each person, with their time.",
    )
    op.create_table(
        "profile_reports",
        sa.Column("profile", sa.Text(), autoincrement=False, nullable=False, comment="the profile"),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False, comment="counts from 0"),
        sa.Column("report", sa.Text(), nullable=False, comment="a report that speaks of it"),
        sa.ForeignKeyConstraint(
            ["profile"], ["profiles.id"], name=op.f("fk_profile_reports_profile"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("profile", "n", name=op.f("pk_profile_reports")),
        comment="The reports that speak of each person or body.",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_profile_reports_report"), "profile_reports", ["report"], unique=False)
    op.create_table(
        "profile_spellings",
        sa.Column("profile", sa.Text(), autoincrement=False, nullable=False, comment="the profile"),
        sa.Column(
            "n",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="counts from 0, the most frequent first",
        ),
        sa.Column("spelling", sa.Text(), nullable=False, comment="a form of the name"),
        sa.Column("reports", sa.Integer(), nullable=False, comment="how many reports use it"),
        sa.ForeignKeyConstraint(
            ["profile"], ["profiles.id"], name=op.f("fk_profile_spellings_profile"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("profile", "n", name=op.f("pk_profile_spellings")),
        comment="The forms of each name.",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_profile_spellings_spelling"), "profile_spellings", ["spelling"], unique=False)
    op.create_table(
        "reports",
        sa.Column(
            "number",
            sa.Integer(),
            autoincrement=True,
            nullable=False,
            comment="counts up as reports come in; means nothing else",
        ),
        sa.Column(
            "id",
            sa.Text(),
            nullable=False,
            comment="hash of the original bytes and of the address given with them",
        ),
        sa.Column(
            "name", sa.Text(), nullable=False, comment="the given id, else the file's name; not unique"
        ),
        sa.Column(
            "address",
            sa.Text(),
            nullable=False,
            comment="where it was first found: URL, or file and place in it",
        ),
        sa.Column("title", sa.Text(), nullable=True, comment="headline"),
        sa.Column("url", sa.Text(), nullable=True, comment="address as given"),
        sa.Column("publisher", sa.Text(), nullable=True, comment="outlet"),
        sa.Column("place", sa.Text(), nullable=True, comment="place of writing as given"),
        sa.Column("language", sa.Text(), nullable=True, comment="BCP 47"),
        sa.Column(
            "published",
            sa.Text(),
            nullable=True,
            comment="day of publication, in EDTF; empty where it cannot be known",
        ),
        sa.Column(
            "basis",
            sa.Text(),
            nullable=False,
            comment="where the day comes from: stated, inferred or unknown",
        ),
        sa.Column(
            "earliest", sa.Date(), nullable=True, comment="first day on which it can have been published"
        ),
        sa.Column("latest", sa.Date(), nullable=True, comment="last day on which it can have been published"),
        sa.Column(
            "current",
            sa.Boolean(),
            nullable=False,
            comment="whether it is the newest version at an address; only current reports count",
        ),
        sa.Column(
            "copies",
            sa.Text(),
            nullable=False,
            comment="id of its group of copies, its own id where it is alone; a group is one source",
        ),
        sa.Column("original", sa.Text(), nullable=False, comment="the bytes as they came in"),
        sa.Column("text", sa.Text(), nullable=False, comment="the text that every span counts in"),
        sa.Column("text_sha256", sa.Text(), nullable=False, comment="SHA-256 of the text"),
        sa.Column("read_at", sa.Text(), nullable=False, comment="when it was read"),
        sa.Column("reader", sa.Text(), nullable=False, comment="version of Dragoman that read it"),
        sa.Column("notes", sa.Text(), nullable=True, comment="what was repaired on the way in, a line each"),
        sa.Column(
            "signature", sa.LargeBinary(), nullable=True, comment="MinHash of its words, for finding copies"
        ),
        sa.ForeignKeyConstraint(["original"], ["originals.sha256"], name=op.f("fk_reports_original")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_reports")),
        sa.UniqueConstraint("id", name=op.f("uq_reports_id")),
        comment="Every version of every report.",
    )
    op.create_index(op.f("ix_reports_earliest"), "reports", ["earliest"], unique=False)
    op.create_table(
        "addresses",
        sa.Column(
            "address", sa.Text(), autoincrement=False, nullable=False, comment="URL, or file and place in it"
        ),
        sa.Column("report", sa.Text(), autoincrement=False, nullable=False, comment="what was found there"),
        sa.Column("first_seen", sa.Text(), nullable=False, comment="when it was first found there"),
        sa.Column("last_seen", sa.Text(), nullable=False, comment="when it was last found there"),
        sa.Column("current", sa.Boolean(), nullable=False, comment="whether it is the newest version there"),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.id"], name=op.f("fk_addresses_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("address", "report", name=op.f("pk_addresses")),
        comment="Where reports were found; another report at an address is a newer version.",
    )
    op.create_index(op.f("ix_addresses_report"), "addresses", ["report"], unique=False)
    op.create_table(
        "claims",
        sa.Column(
            "id",
            sa.Text(),
            autoincrement=False,
            nullable=False,
            comment="hash of the report and of the place in it",
        ),
        sa.Column("report", sa.Text(), nullable=False, comment="the report that says so"),
        sa.Column(
            "event",
            sa.Text(),
            nullable=False,
            comment="id of the event in that report, as dragoman read prints it",
        ),
        sa.Column("type", sa.Text(), nullable=False, comment="meeting, proposal, agreement or refusal"),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=True,
            comment="how a meeting is held: in-person, call, video, indirect",
        ),
        sa.Column(
            "status", sa.Text(), nullable=False, comment="held, planned, cancelled, reached, made, ..."
        ),
        sa.Column("date", sa.Text(), nullable=True, comment="when, in EDTF, as precise as the words"),
        sa.Column(
            "date_earliest",
            sa.Date(),
            nullable=True,
            comment="first day that the date allows; empty where it is open",
        ),
        sa.Column(
            "date_latest",
            sa.Date(),
            nullable=True,
            comment="last day that the date allows; empty where it is open",
        ),
        sa.Column("parties", sa.Text(), nullable=True, comment="party codes"),
        sa.Column("people", sa.Text(), nullable=True, comment="names"),
        sa.Column("mediators", sa.Text(), nullable=True, comment="party codes of who mediates"),
        sa.Column("by_whom", sa.Text(), nullable=True, comment="party codes of who proposes or refuses"),
        sa.Column("to_whom", sa.Text(), nullable=True, comment="party codes of whom it is addressed to"),
        sa.Column("forum", sa.Text(), nullable=True, comment="forum, format or body in which it happens"),
        sa.Column("place", sa.Text(), nullable=True, comment="town or site"),
        sa.Column("country", sa.Text(), nullable=True, comment="party code of the country"),
        sa.Column("subject", sa.Text(), nullable=True, comment="what it is about"),
        sa.Column("title", sa.Text(), nullable=True, comment="name of a document or agreement"),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.id"], name=op.f("fk_claims_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
        comment="What one report says of one happening. Only claims of current reports count.",
    )
    op.create_index(op.f("ix_claims_report"), "claims", ["report"], unique=False)
    op.create_table(
        "defects",
        sa.Column("report", sa.Text(), autoincrement=False, nullable=False, comment="the report"),
        sa.Column(
            "n",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="counts from 0, in order of the text",
        ),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="lost-words, broken-quotation, headline-unsupported, ...",
        ),
        sa.Column("exact", sa.Text(), nullable=False, comment="the words at fault"),
        sa.Column("start", sa.Integer(), nullable=False, comment="where they begin in the report's text"),
        sa.Column("stop", sa.Integer(), nullable=False, comment="where they end, exclusive"),
        sa.Column("note", sa.Text(), nullable=False, comment="what is wrong with them"),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.id"], name=op.f("fk_defects_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "n", name=op.f("pk_defects")),
        comment="Faults of the reports.",
    )
    op.create_table(
        "entities",
        sa.Column("report", sa.Text(), autoincrement=False, nullable=False, comment="the report"),
        sa.Column(
            "id",
            sa.Text(),
            autoincrement=False,
            nullable=False,
            comment="unique in the report: person:sergei-lavrov",
        ),
        sa.Column(
            "n", sa.Integer(), nullable=False, comment="counts from 0, in the order in which they were found"
        ),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="person, state, organisation, group, forum, place or document",
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="fullest form in the report"),
        sa.Column("parties", sa.Text(), nullable=True, comment="party codes that it acts for"),
        sa.Column("office", sa.Text(), nullable=True, comment="the office that a person holds"),
        sa.Column(
            "country", sa.Text(), nullable=True, comment="party code of the country of a place or body"
        ),
        sa.Column(
            "granularity", sa.Text(), nullable=False, comment="of a place: city, country, region, site"
        ),
        sa.Column("why", sa.Text(), nullable=True, comment="where parties and office come from (JSON)"),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.id"], name=op.f("fk_entities_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "id", name=op.f("pk_entities")),
        comment="Whom and what each report speaks of.",
    )
    op.create_index(op.f("ix_entities_name"), "entities", ["name"], unique=False)
    op.create_table(
        "problems",
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False, comment="hash of what follows"),
        sa.Column("source", sa.Text(), nullable=False, comment="what was named to dragoman build"),
        sa.Column(
            "place", sa.Text(), nullable=False, comment="file, with the line where there is one, or URL"
        ),
        sa.Column(
            "stage", sa.Text(), nullable=False, comment="who says so: intake, text, language, ..., worker"
        ),
        sa.Column("message", sa.Text(), nullable=False, comment="what is wrong and what to try"),
        sa.Column(
            "report",
            sa.Text(),
            nullable=True,
            comment="the report, where it was read in part; empty where nothing was",
        ),
        sa.Column("at", sa.Text(), nullable=False, comment="when it was first met"),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.id"], name=op.f("fk_problems_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problems")),
        comment="What could not be read, or not in full.",
    )
    op.create_index(op.f("ix_problems_report"), "problems", ["report"], unique=False)
    op.create_table(
        "readings",
        sa.Column("report", sa.Text(), autoincrement=False, nullable=False, comment="the report"),
        sa.Column("size", sa.Integer(), nullable=False, comment="how many bytes the row has"),
        sa.Column(
            "packed",
            sa.LargeBinary(),
            nullable=False,
            comment="the row that dragoman read --json prints, UTF-8, compressed (zlib)",
        ),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.id"], name=op.f("fk_readings_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", name=op.f("pk_readings")),
        comment="All that was read in a report, with every reason.",
    )
    op.create_table(
        "statements",
        sa.Column("report", sa.Text(), autoincrement=False, nullable=False, comment="the report"),
        sa.Column(
            "n",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="counts from 0, in order of the text",
        ),
        sa.Column("speaker", sa.Text(), nullable=False, comment="who says so"),
        sa.Column("party", sa.Text(), nullable=True, comment="party code that the speaker speaks for"),
        sa.Column(
            "direct", sa.Boolean(), nullable=False, comment="whether any of it stands in quotation marks"
        ),
        sa.Column("date", sa.Text(), nullable=True, comment="when it was said, in EDTF"),
        sa.Column("content", sa.Text(), nullable=False, comment="the words said"),
        sa.Column(
            "content_start", sa.Integer(), nullable=False, comment="where they begin in the report's text"
        ),
        sa.Column("content_stop", sa.Integer(), nullable=False, comment="where they end, exclusive"),
        sa.Column("cue", sa.Text(), nullable=True, comment="the words of saying"),
        sa.Column("cue_start", sa.Integer(), nullable=True, comment="where they begin"),
        sa.Column("cue_stop", sa.Integer(), nullable=True, comment="where they end, exclusive"),
        sa.Column("source", sa.Text(), nullable=True, comment="the words that name the speaker"),
        sa.Column("source_start", sa.Integer(), nullable=True, comment="where they begin"),
        sa.Column("source_stop", sa.Integer(), nullable=True, comment="where they end, exclusive"),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.id"], name=op.f("fk_statements_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "n", name=op.f("pk_statements")),
        comment="Who said what.",
    )
    op.create_index(op.f("ix_statements_speaker"), "statements", ["speaker"], unique=False)
    op.create_table(
        "claim_parties",
        sa.Column("claim", sa.Text(), autoincrement=False, nullable=False, comment="the claim"),
        sa.Column(
            "role", sa.Text(), autoincrement=False, nullable=False, comment="parties, mediators, by or to"
        ),
        sa.Column("party", sa.Text(), autoincrement=False, nullable=False, comment="party code"),
        sa.ForeignKeyConstraint(
            ["claim"], ["claims.id"], name=op.f("fk_claim_parties_claim"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("claim", "role", "party", name=op.f("pk_claim_parties")),
        comment="The parties of each claim, one a row, for queries.",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_claim_parties_party"), "claim_parties", ["party"], unique=False)
    op.create_table(
        "claim_people",
        sa.Column("claim", sa.Text(), autoincrement=False, nullable=False, comment="the claim"),
        sa.Column("person", sa.Text(), autoincrement=False, nullable=False, comment="name"),
        sa.ForeignKeyConstraint(
            ["claim"], ["claims.id"], name=op.f("fk_claim_people_claim"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("claim", "person", name=op.f("pk_claim_people")),
        comment="The people of each claim, one a row, for queries.",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_claim_people_person"), "claim_people", ["person"], unique=False)
    op.create_table(
        "words",
        sa.Column("claim", sa.Text(), autoincrement=False, nullable=False, comment="the claim"),
        sa.Column(
            "slot",
            sa.Text(),
            autoincrement=False,
            nullable=False,
            comment="the slot that they carry; evidence for those that tell of it at all",
        ),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False, comment="counts from 0"),
        sa.Column(
            "start",
            sa.Integer(),
            nullable=False,
            comment="where they begin in the report's text, in characters from 0",
        ),
        sa.Column("stop", sa.Integer(), nullable=False, comment="where they end, exclusive"),
        sa.Column("exact", sa.Text(), nullable=False, comment="the words themselves"),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], name=op.f("fk_words_claim"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim", "slot", "n", name=op.f("pk_words")),
        comment="The words of the report that justify each claim.",
        sqlite_with_rowid=False,
    )
    for statement in EXTRAS[op.get_bind().dialect.name].split(";;"):
        op.get_bind().exec_driver_sql(statement)
