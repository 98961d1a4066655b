"""Which plan is safe across futures: plans in the same worlds, where one fails, and its early signs.

- ``plan_set``: the plans that are set against each other.
- ``regret``: what each plan comes to, and by how much it misses the best one, world by world.
- ``prim``: boxes of inputs in which something is frequent, by peeling.
- ``halves``: on which worlds things are found, and on which they are tested.
- ``discovery``: in which worlds a plan fails, in a few inputs.
- ``tripwires``: what would be seen early on the platform where it fails.
- ``failing``: all of the last two for one plan.
"""
