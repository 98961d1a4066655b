"""The laws of the model as lights: each computed anew on the scenario that is on the page.

A light says what was measured, the threshold it was held against, and whether it holds; the numbers
behind it stand in its readings. Nothing here is remembered from a test run. The modules ask the
engine as ``single.run_series``, so that a test can put an engine in its place that breaks a law.
"""
