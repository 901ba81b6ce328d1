"""The demo programme's part of certification. Certificates come by themselves; here one is taken back."""
