"""Ways into profiles on other sites. Nothing of theirs is loaded here: what they learn stands in a link, and only who
follows it tells them.
"""

from datetime import date
from urllib.parse import urlencode


def linkedin_address(*, title: str, issued_on: date, number: str, address: str, issuer: str) -> str:
    """LinkedIn's page for adding a certificate, filled in with title, issuer, month, number and verification link."""
    facts = {
        "startTask": "CERTIFICATION_NAME",
        "name": title,
        "organizationName": issuer,
        "issueYear": issued_on.year,
        "issueMonth": issued_on.month,
        "certUrl": address,
        "certId": number,
    }
    return f"https://www.linkedin.com/profile/add?{urlencode(facts)}"
