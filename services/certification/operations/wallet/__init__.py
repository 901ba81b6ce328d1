"""Certificates into wallets: offers by the holder, what wallets ask for, what is public about it."""
