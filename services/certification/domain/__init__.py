"""What certification decides, in plain Python: when a certificate is due, what a credential says, when a pass holds."""
