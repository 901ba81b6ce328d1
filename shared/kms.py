"""Keys in a cloud's key management service, by the API of AWS KMS; with shared.documents the only user of boto3."""

from collections.abc import Mapping
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

#: Two tries of at most five seconds: whoever signs holds locks meanwhile.
_CONNECT_SECONDS, _READ_SECONDS, _TRIES = 2, 3, 2


class KmsUnusable(Exception):
    """The service cannot be reached, refuses, or knows no such key."""


class KmsKey:
    """One asymmetric key. Thread-safe; make one per process, after any fork.

    Without an access key the machine's own role is used, as the cloud's client finds it.
    """

    def __init__(
        self,
        key_id: str,
        *,
        region: str,
        endpoint_url: str | None = None,
        access_key: str | None = None,
        secret_key: str | None = None,
    ) -> None:
        self._key_id = key_id
        self._client: Any = boto3.client(
            "kms",
            region_name=region,
            endpoint_url=endpoint_url,
            aws_access_key_id=access_key,
            aws_secret_access_key=secret_key,
            config=Config(
                connect_timeout=_CONNECT_SECONDS,
                read_timeout=_READ_SECONDS,
                retries={"total_max_attempts": _TRIES, "mode": "standard"},
            ),
        )

    def public_key(self) -> bytes:
        """The public half, DER-encoded (SubjectPublicKeyInfo). Raises KmsUnusable."""
        content: bytes = self._call("get_public_key")["PublicKey"]
        return content

    def sign(self, message: bytes, *, message_type: str, algorithm: str) -> bytes:
        """The signature as the service gives it: DER of r and s, or 64 bytes of EdDSA. Raises KmsUnusable."""
        signature: bytes = self._call("sign", Message=message, MessageType=message_type, SigningAlgorithm=algorithm)[
            "Signature"
        ]
        return signature

    def _call(self, action: str, **parameters: Any) -> Mapping[str, Any]:
        try:
            answer: Mapping[str, Any] = getattr(self._client, action)(KeyId=self._key_id, **parameters)
        except ClientError as error:
            raise KmsUnusable(error.response.get("Error", {}).get("Code", "refused")) from error
        except BotoCoreError as error:
            raise KmsUnusable(type(error).__name__) from error
        return answer
