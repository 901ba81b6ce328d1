"""Issuing: by itself when both facts are there, by a person's release, for many places at once; each place once."""

from services.certification.operations.issuing.grounds import Decided
from services.certification.operations.issuing.places import issue_if_due, issue_places, issue_waiting
from services.certification.operations.issuing.signing import Draft, issue_drafts

__all__ = ["Decided", "Draft", "issue_drafts", "issue_if_due", "issue_places", "issue_waiting"]
