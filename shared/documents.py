"""Documents in S3; with shared.kms the only module that uses boto3.

The code uses only what every S3 does: no tagging, versioning or POST. Keys are derived from ids and content and never
reused; size, hash, content type and name of a file live in PostgreSQL.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import quote

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client


#: What is raised where S3 cannot be reached, or refuses: for those who can do without it for a while.
DOCUMENTS_AWAY: tuple[type[Exception], ...] = (BotoCoreError, ClientError)


class Disposition(StrEnum):
    """What a browser does with a document: show it in the page, or save it (RFC 6266)."""

    INLINE = "inline"
    ATTACHMENT = "attachment"


@dataclass(frozen=True)
class StoredDocument:
    """What S3 says of an object: size in bytes and the content type it was put with."""

    size: int
    content_type: str


class DocumentMissing(Exception):
    """No object has this key."""


class Documents:
    """One bucket of one service. Thread-safe; make one per process, after any fork."""

    def __init__(
        self, *, endpoint_url: str, public_url: str, access_key: str, secret_key: str, region: str, bucket: str
    ) -> None:
        self._bucket = bucket

        def client(url: str) -> "S3Client":
            return boto3.client(
                "s3",
                endpoint_url=url,
                aws_access_key_id=access_key,
                aws_secret_access_key=secret_key,
                region_name=region,
                config=Config(
                    signature_version="s3v4",
                    s3={"addressing_style": "path"},
                    request_checksum_calculation="when_required",
                    response_checksum_validation="when_required",
                    retries={"max_attempts": 3, "mode": "standard"},
                    connect_timeout=5,
                    read_timeout=20,
                ),
            )

        self._client = client(endpoint_url)
        # Signs addresses only. Browsers reach the store through the gateway, and the host is part of the signature.
        self._public = client(public_url)

    def put(self, key: str, data: bytes, *, content_type: str) -> None:
        """Store bytes under a key that nothing else uses."""
        self._client.put_object(Bucket=self._bucket, Key=key, Body=data, ContentType=content_type)

    def get(self, key: str) -> bytes:
        """The whole object. Raises DocumentMissing."""
        try:
            return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        except ClientError as error:
            raise _missing_or_same(error, key) from error

    def head(self, key: str) -> StoredDocument | None:
        """Size and content type, or None where there is no such object."""
        try:
            answer = self._client.head_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if isinstance(_missing_or_same(error, key), DocumentMissing):
                return None
            raise
        return StoredDocument(size=answer["ContentLength"], content_type=answer.get("ContentType", ""))

    def keys(self) -> Iterator[str]:
        """The keys of all objects, in order; for backups and for finding what nobody refers to."""
        for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket):
            for found in page.get("Contents", []):
                yield found["Key"]

    def delete(self, key: str) -> None:
        """Remove an object; no error where there is none."""
        self._client.delete_object(Bucket=self._bucket, Key=key)

    def presigned_put(self, key: str, *, content_type: str, size: int, expires_in: int) -> str:
        """An address to which a browser may PUT exactly `size` bytes of `content_type`, for `expires_in` seconds."""
        return self._public.generate_presigned_url(
            "put_object",
            Params={"Bucket": self._bucket, "Key": key, "ContentType": content_type, "ContentLength": size},
            ExpiresIn=expires_in,
        )

    def presigned_get(
        self, key: str, *, filename: str, content_type: str, expires_in: int, disposition: Disposition
    ) -> str:
        """An address from which a browser may GET the object for `expires_in` seconds, under a name of any letters."""
        return self._public.generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self._bucket,
                "Key": key,
                "ResponseContentType": content_type,
                "ResponseContentDisposition": f"{disposition}; filename*=UTF-8''{quote(filename)}",
            },
            ExpiresIn=expires_in,
        )

    def check(self) -> None:
        """Raise where the bucket can't be reached."""
        self._client.head_bucket(Bucket=self._bucket)


def _missing_or_same(error: ClientError, key: str) -> Exception:
    code = error.response.get("Error", {}).get("Code", "")
    return DocumentMissing(key) if code in {"404", "NoSuchKey", "NotFound"} else error
