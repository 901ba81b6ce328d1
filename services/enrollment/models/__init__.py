"""Tables of enrollment. Importing this package declares all of them, which migrations and foreign keys rely on."""

from services.enrollment.models import associations, carriers, credentials, people, regions, roles

__all__ = ["associations", "carriers", "credentials", "people", "regions", "roles"]
