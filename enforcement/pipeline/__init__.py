"""The line from kerb to phone and back, one module an arrow, in order:

    reading → stay           `readings.take`            a report is kept, and folded into its bay's stays
    stay → overstay          `overstays.check_due`      the clock of the law, and what follows (`stay_checks`)
    overstay → task          `raising.raise_task`       work, with its reasons in words
    without a sensor         `patrols`                  standing patrols, a task in each of their windows
    without being sent       `found`                    what an officer raises themselves, beside the task in hand
    its clock                `kerb_clock`               what they saw, or the sensor (`beside_sensors`)
    task → assignment        `planning`, `offers`       who goes, and what becomes of unanswered offers
    what the desk asks for   `putting_first`            a task before all others
    who can go               `free`                     who is free, or will be within minutes: where and when
    and after that           `ahead`                    what the plan sees beyond the work in hand
    assignment → message     `messages`                 a row first, then a push, then a receipt
    message → outcome        `visits`, `looks`          accept, decline, arrive, sighting, preparation, outcome
    in whose hand            `hand`                     a task is, or was when something was done about it
    what was misread         `misreadings`              stays on record, counts for nothing
    what was photographed    `photos`                   the bytes, piece by piece, until they are what was hashed
    is it covered?           `rights`, `asking`         the bay before a task, the plate at the kerb
    what comes late          `late`, `catching_up`      judged by when it was done
    what it can't take       `kept`                     a late record of a phone, kept for the supervisor
    who works when           `roster`, `repeating`      planned, changed, called off; a day once more
    an officer's day         `shifts`, `day`            states, positions, the end of it
    words from the desk      `desk_messages`            written, told, read
    an officer's safety      `safety`, `check_ins`      unsafe places, signs of life, `sos`
    the beginning of a day   `briefings`                what was read, what was carried
    the end of a day         `shift_logs`               what was done, signed
    without a phone          `radio`                    the same steps, by a supervisor
    how long cars stay       `dwelling`                 learned every night from a council's own stays
    how overstays went       `seen`                     as far as sensors saw them
    the floor under it       `coverage`                 which streets were seen, and where one may walk meanwhile
    what needs a supervisor  `alerts`                   raised once, told, seen, put away
    does it all run?         `troubles`, `networks`     messages, plans, jobs; sensor networks gone quiet

Each step loads, decides by the domain, saves and journals; the caller commits. Every step may run twice.
Locks are taken in one order: bay, which bay lies in which zone, zone, which sensor lies in which bay, bay state,
sensor, stay, task, patrol, assignment, shift, planning; several of a kind in the order of their ids; after them an
alert, and last a street that was seen; a frozen place before all. Only who holds a task may change its assignment.
"""

from . import (
    actions,
    ahead,
    alerts,
    briefings,
    check_ins,
    coverage,
    day,
    desk_messages,
    duty,
    dwelling,
    found,
    hand,
    kept,
    late,
    looks,
    messages,
    misreadings,
    networks,
    offers,
    overstays,
    patrols,
    photos,
    planning,
    putting_first,
    radio,
    readings,
    remapping,
    repeating,
    retention,
    rights,
    roster,
    rules,
    safety,
    shift_logs,
    shifts,
    sos,
    stays,
    tasks,
    troubles,
    visits,
)

__all__ = [
    "actions", "ahead", "alerts", "briefings", "check_ins", "coverage", "day", "desk_messages", "duty",
    "dwelling", "found", "hand", "kept", "late", "looks", "messages", "misreadings", "networks", "offers",
    "overstays", "patrols", "photos", "planning", "putting_first", "radio", "raising", "readings", "remapping",
    "repeating", "retention", "rights", "roster", "rules", "safety", "shift_logs", "shifts", "sos", "stays",
    "tasks", "troubles", "visits",
]  # fmt: skip
