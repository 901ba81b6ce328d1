"""Outbox, relay, inbox, receipts: at least once on the wire, exactly once in effect, in any order.

What travels is declared in shared.contracts. DESIGN: docs/decisions/0002-outbox-and-receipts.md.
"""
