"""Alembic's environment of coursework."""

from services.coursework.models import Base
from shared.db import migrations
from shared.db.tables import metadata as shared_metadata
from shared.messaging.tables import metadata as messaging_metadata

migrations.run([Base.metadata, shared_metadata, messaging_metadata])
