"""What a server needs that strangers come to: limits, headers, readiness and numbers about itself."""
