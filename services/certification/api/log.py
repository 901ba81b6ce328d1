"""The trust log as JSON: its signed heads, its entries, and proofs, for whoever wants to check it from outside."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response
from flask_smorest import Blueprint
from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.certification.operations import log_proofs
from services.certification.operations.log_proofs import Inclusion
from services.certification.operations.seals import seal_of
from shared.web import public, reading, resources
from shared.web.api import PageSchema

blueprint = Blueprint(
    "log_api",
    __name__,
    url_prefix="/log",
    description="The trust log: a hash tree that only grows (RFC 9162) of all that was issued; no account needed",
)

_MOST_ENTRIES = 1_000
_LARGEST = 2**62
_HASH = "SHA-256 in hexadecimal"


class HeadSchema(Schema):
    """One signed head of the log."""

    id = fields.Integer(metadata={"description": "The number of the head; what `after` asks for"})
    origin = fields.String(metadata={"description": "The log's name"})
    tree_size = fields.Integer()
    root_hash = fields.String(metadata={"description": _HASH})
    signed_at = fields.AwareDateTime()
    key = fields.String(metadata={"description": "The name of the key in our did:web document"})
    checkpoint = fields.String(metadata={"description": "The signed note, as C2SP tlog-checkpoint says"})


class HeadsSchema(PageSchema):
    """Heads in the order in which they were signed."""

    items = fields.List(fields.Nested(HeadSchema))


class EntrySchema(Schema):
    """One leaf."""

    position = fields.Integer()
    kind = fields.String()
    commitment = fields.String(metadata={"description": "SHA-256 of salt, line feed, content"})
    recorded_at = fields.AwareDateTime()
    leaf = fields.String(metadata={"description": "What is hashed, letter for letter"})


class EntriesSchema(Schema):
    """A part of the log."""

    items = fields.List(fields.Nested(EntrySchema))
    next_start = fields.Integer(allow_none=True)


class InclusionSchema(Schema):
    """The proof that an entry is in the log (RFC 9162, section 2.1.3)."""

    kind = fields.String()
    position = fields.Integer()
    leaf = fields.String()
    leaf_hash = fields.String(metadata={"description": _HASH})
    path = fields.List(fields.String(metadata={"description": _HASH}))
    salt = fields.String(allow_none=True, metadata={"description": "Only for the number of a certificate"})
    head = fields.Nested(HeadSchema)


class ConsistencySchema(Schema):
    """The proof that the log has only grown (RFC 9162, section 2.1.4)."""

    first = fields.Integer()
    second = fields.Integer()
    path = fields.List(fields.String(metadata={"description": _HASH}))


class KeySchema(Schema):
    """A key that heads are signed with."""

    code = fields.String()
    verifier_key = fields.String(metadata={"description": "As C2SP signed-note says"})
    is_active = fields.Boolean()


class KeysSchema(Schema):
    """All keys that heads may be checked with."""

    items = fields.List(fields.Nested(KeySchema))


class HeadsQuerySchema(Schema):
    """From which head on."""

    after = fields.Integer(load_default=0, validate=validate.Range(min=0, max=_LARGEST))


class EntriesQuerySchema(Schema):
    """Which part."""

    start = fields.Integer(load_default=0, validate=validate.Range(min=0, max=_LARGEST))
    limit = fields.Integer(load_default=100, validate=validate.Range(min=1, max=_MOST_ENTRIES))


class InclusionQuerySchema(Schema):
    """Which entry: by one of position, commitment, or number of a certificate."""

    position = fields.Integer(validate=validate.Range(min=0, max=_LARGEST))
    tree_size = fields.Integer(validate=validate.Range(min=1, max=_LARGEST))
    commitment = fields.String(validate=validate.Regexp(r"[0-9a-f]{64}\Z"))
    number = fields.String(validate=validate.Length(min=1, max=100))

    @validates_schema
    def name_one(self, given: dict[str, Any], **_: Any) -> None:
        if len(given.keys() & {"position", "commitment", "number"}) != 1:
            raise ValidationError("Name one of position, commitment, number.")


class ConsistencyQuerySchema(Schema):
    """Which two sizes."""

    first = fields.Integer(required=True, validate=validate.Range(min=1, max=_LARGEST))
    second = fields.Integer(required=True, validate=validate.Range(min=1, max=_LARGEST))


@dataclass(frozen=True)
class _Head:
    id: int
    origin: str
    tree_size: int
    root_hash: str
    signed_at: datetime
    key: str
    checkpoint: str


@blueprint.after_request
def open_to_all(response: Response) -> Response:
    """Any page and any program may ask; what changes with every entry is not kept."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/head")
@public
@blueprint.response(200, HeadSchema)
def head() -> _Head:
    """The last signed head."""
    with reading() as session:
        return _head(log_proofs.get_head(session))


@blueprint.get("/checkpoint")
@public
@blueprint.doc(responses={"200": {"description": "The signed note", "content": {"text/plain": {}}}})
def checkpoint() -> Response:
    """The last signed head as a signed note alone."""
    with reading() as session:
        note = log_proofs.get_head(session).note
    return Response(note, content_type="text/plain; charset=utf-8")


@blueprint.get("/heads")
@public
@blueprint.arguments(HeadsQuerySchema, location="query")
@blueprint.response(200, HeadsSchema)
def heads(query: dict[str, int]) -> dict[str, Any]:
    """Signed heads, the oldest first; `after` is the id of the last one seen."""
    with reading() as session:
        found = log_proofs.list_signed_heads(session, after=query["after"], limit=_MOST_ENTRIES)
    items = [_head(each) for each in found]
    return {"items": items, "next_cursor": str(items[-1].id) if len(items) == _MOST_ENTRIES else None}


@blueprint.get("/entries")
@public
@blueprint.arguments(EntriesQuerySchema, location="query")
@blueprint.response(200, EntriesSchema)
def entries(query: dict[str, int]) -> dict[str, Any]:
    """Entries from a position on."""
    with reading() as session:
        found = log_proofs.list_log_entries(session, start=query["start"], limit=query["limit"])
    items = [
        {
            "position": entry.position,
            "kind": entry.kind.value,
            "commitment": entry.commitment,
            "recorded_at": entry.recorded_at,
            "leaf": log_proofs.leaf_text(entry),
        }
        for entry in found
    ]
    return {"items": items, "next_start": query["start"] + len(items) if len(items) == query["limit"] else None}


@blueprint.get("/inclusion")
@public
@blueprint.arguments(InclusionQuerySchema, location="query")
@blueprint.response(200, InclusionSchema)
def inclusion(query: dict[str, Any]) -> dict[str, Any]:
    """That an entry is in the log: by its position, by its commitment, or by the number of a certificate."""
    with reading() as session:
        if "number" in query:
            found = log_proofs.read_inclusion_of_certificate(
                session, typed_number=query["number"], tree_size=query.get("tree_size")
            )
        elif "commitment" in query:
            found = log_proofs.read_inclusion_of_commitment(session, commitment=query["commitment"])
        else:
            found = log_proofs.read_inclusion_at(session, position=query["position"], tree_size=query.get("tree_size"))
    return describe_inclusion(found)


@blueprint.get("/consistency")
@public
@blueprint.arguments(ConsistencyQuerySchema, location="query")
@blueprint.response(200, ConsistencySchema)
def consistency(query: dict[str, int]) -> dict[str, Any]:
    """That the log of one size goes on from the log of a smaller one."""
    with reading() as session:
        path = log_proofs.read_consistency(session, first=query["first"], second=query["second"])
    return {**query, "path": [digest.hex() for digest in path]}


@blueprint.get("/keys")
@public
@blueprint.response(200, KeysSchema)
def keys() -> dict[str, Any]:
    """The keys that heads may be checked with. Compare them with those that you have from elsewhere."""
    with reading() as session:
        return {"items": log_proofs.list_log_keys(session, seal=seal_of(resources().settings))}


def describe_inclusion(found: Inclusion) -> dict[str, Any]:
    """The proof in the words of InclusionSchema."""
    return {
        "kind": found.kind.value,
        "position": found.position,
        "leaf": found.leaf,
        "leaf_hash": found.leaf_hash.hex(),
        "path": [digest.hex() for digest in found.path],
        "salt": found.salt,
        "head": _head(found.head),
    }


def _head(signed: Any) -> _Head:
    return _Head(
        id=signed.id,
        origin=signed.note.partition("\n")[0],
        tree_size=signed.tree_size,
        root_hash=signed.root_hash.hex(),
        signed_at=signed.signed_at,
        key=signed.key_code,
        checkpoint=signed.note,
    )
