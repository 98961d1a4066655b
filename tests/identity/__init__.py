"""Log-in with a real OpenID Connect provider, and two people."""
