"""Celery doors: one transaction and one operation each."""
