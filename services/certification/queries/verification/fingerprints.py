"""One text that changes whenever a row behind an answer does: the transaction that last wrote each of them.

What the rows mean is asked only when it has changed. `$1` is the number; each part stands there even where its row is
missing, so that no two states share a text.
"""

_OF_CERTIFICATE = """
SELECT certificate.xmin || ' ' || certificate.ctid || ' ' || status_entry.xmin || ' ' || status_list.xmin || ' '
    || coalesce(holder_choice.xmin::text, '-') || ' ' || (SELECT string_agg(xmin::text, ',') FROM signing_key)
FROM certificate
JOIN status_list ON status_list.id = certificate.status_list_id
JOIN status_entry
    ON status_entry.status_list_id = certificate.status_list_id AND status_entry.index = certificate.status_index
LEFT JOIN holder_choice ON holder_choice.certificate_id = certificate.id
WHERE certificate.number = $1
"""
_OF_ASSOCIATION = """
SELECT association_pass.xmin || ' ' || association_pass.ctid || ' ' || association_copy.xmin || ' '
    || coalesce(pass_credential.xmin::text, '-') || ' ' || coalesce(status_entry.xmin::text, '-') || ' '
    || coalesce(status_list.xmin::text, '-') || ' ' || (SELECT string_agg(xmin::text, ',') FROM signing_key)
FROM association_pass
JOIN association_copy ON association_copy.association_id = association_pass.association_id
LEFT JOIN pass_credential ON pass_credential.pass_id = association_pass.id AND pass_credential.superseded_at IS NULL
LEFT JOIN status_entry
    ON status_entry.status_list_id = pass_credential.status_list_id
    AND status_entry.index = pass_credential.status_index
LEFT JOIN status_list ON status_list.id = pass_credential.status_list_id
WHERE association_pass.number = $1
"""
#: Certificates first: nearly every number is one.
FINGERPRINTS = (_OF_CERTIFICATE, _OF_ASSOCIATION)
