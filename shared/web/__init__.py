"""The doors that people and programs come through: the factory of the Flask apps and all that pages have in common."""

from shared.web.context import current_actor, reading, resources, transaction
from shared.web.factory import create_web_app
from shared.web.guards import public, requires, signed_in
from shared.web.identity import SignedInPerson

__all__ = [
    "SignedInPerson",
    "create_web_app",
    "current_actor",
    "public",
    "reading",
    "requires",
    "resources",
    "signed_in",
    "transaction",
]
