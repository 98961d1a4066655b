"""The engine: first week observed to rates, then one mechanism a file; see ``week`` for the order."""
