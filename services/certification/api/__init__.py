"""JSON doors under /api/certification: /v1 with OpenAPI, and the VC-API of the W3C for machines."""
