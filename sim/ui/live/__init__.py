"""Answers while a lever is still in the hand: the results of a change, before it is committed."""
