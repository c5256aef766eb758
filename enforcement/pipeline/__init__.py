"""The line from kerb to phone and back, one module an arrow, in order:

    reading → stay           `readings.take`            a report is kept, and folded into its bay's stays
    stay → overstay          `overstays.check_due`      the clock of the law, and what follows when it has run out
    overstay → task          `raising.raise_task`       work, with its reasons in words
    without a sensor         `patrols`                  standing patrols, a task in each of their windows
    without being sent       `found`                    what an officer raises themselves, beside the task in hand
    task → assignment        `planning`, `offers`       who goes, and what becomes of unanswered offers
    who can go               `free`                     who is free, or will be within minutes: where and when
    and after that           `ahead`                    what the plan sees beyond the work in hand
    assignment → message     `messages`                 a row first, then a push, then a receipt
    message → outcome        `visits`, `looks`          accept, decline, arrive, sighting, preparation, outcome
    what was misread         `misreadings`              stays on record, counts for nothing
    what was photographed    `photos`                   the bytes, piece by piece, until they are what was hashed
    is it covered?           `rights`, `asking`         the bay before a task, the plate at the kerb
    what comes late          `late`, `catching_up`      judged by when it was done
    what it can't take       `kept`                     a late record of a phone, kept for the supervisor
    an officer's day         `shifts`, `day`            zones, states, positions, the end of it
    an officer's safety      `safety`, `check_ins`      unsafe places, signs of life, `sos`
    the beginning of a day   `briefings`                what was read, what was carried
    the end of a day         `shift_logs`               what was done, signed
    without a phone          `radio`                    the same steps, by a supervisor
    how long cars stay       `dwelling`                 learned every night from a council's own stays
    how overstays went       `seen`                     as far as sensors saw them
    the floor under it       `coverage`                 which streets were seen, and where one may walk meanwhile
    what needs a supervisor  `alerts`                   raised once, told, seen, put away

Each step loads, decides by the domain, saves and journals; the caller commits. Every step may run twice.
Locks are taken in one order: bay state, stay, task, patrol, assignment, shift, planning; several of a kind in
the order of their ids; after them an alert, and last a street that was seen; a frozen place before all. Only who
holds a task may change its assignment.
"""

from . import (
    actions,
    ahead,
    alerts,
    briefings,
    check_ins,
    coverage,
    day,
    duty,
    dwelling,
    found,
    kept,
    late,
    looks,
    messages,
    misreadings,
    offers,
    overstays,
    patrols,
    photos,
    planning,
    radio,
    readings,
    retention,
    rights,
    rules,
    safety,
    shift_logs,
    shifts,
    sos,
    stays,
    tasks,
    visits,
)

__all__ = [
    "actions", "ahead", "alerts", "briefings", "check_ins", "coverage", "day", "duty", "dwelling", "found", "kept",
    "late", "looks", "messages", "misreadings", "offers", "overstays", "patrols", "photos", "planning", "radio",
    "raising", "readings", "retention", "rights", "rules", "safety", "shift_logs", "shifts", "sos", "stays", "tasks",
    "visits",
]  # fmt: skip
