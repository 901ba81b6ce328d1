"""What Alembic runs for each command on enrollment's database."""

from services.enrollment.models import Base
from shared.db import migrations
from shared.db import tables as shared_tables
from shared.messaging import tables as messaging_tables

migrations.run([Base.metadata, shared_tables.metadata, messaging_tables.metadata])
