"""What wallets read and send: SD-JWT credentials, key proofs, status lists as tokens, names of claims."""
