"""What a bay allows, in a few words for a map or a list."""

ALWAYS = frozenset({"24/7", "Mo-Su 00:00-24:00"})


def in_short(bay_class: str, permitted_minutes: int, hours: str) -> str:
    """“limited waiting, 2 h, Mo-Sa 08:30-18:30”: the class, for how long, and when, if not around the clock.

    `hours` as they are written, in OpenStreetMap's `opening_hours`.
    """
    said = [bay_class.replace("-", " ")]
    if permitted_minutes:
        said.append(duration(permitted_minutes))
    if hours not in ALWAYS:
        said.append(hours)
    return ", ".join(said)


def duration(minutes: int) -> str:
    """“20 min”, “2 h”, “1 h 30 min”."""
    hours, rest = divmod(minutes, 60)
    return " ".join([f"{hours} h"] * bool(hours) + [f"{rest} min"] * bool(rest or not hours))
