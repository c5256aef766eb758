"""Towns that don't exist and days that are over: a demo borough, a sensor network, officers, replays.

All of it speaks to the server over HTTP, as sensor networks and phones do.
"""
