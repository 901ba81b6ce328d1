"""Public verification: no account, no trace, each check in plain words."""

from services.certification.web.verification import embedding, files, keeping, pages
from services.certification.web.verification.door import blueprint

__all__ = ["blueprint", "embedding", "files", "keeping", "pages"]
