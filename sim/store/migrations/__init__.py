"""How the tables came to be: one numbered step a file, run by Alembic when a library is opened."""
