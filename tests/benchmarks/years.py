"""A year of a council as it lies in its tables, for what is asked over a long time: cars that came and went, the work
that some of them made, and the journal of all that. PostgreSQL writes it itself; nothing of it is measured.
"""

from dataclasses import dataclass

import psycopg
from sqlalchemy import make_url

from enforcement.simulation.stack import Stack

from .town import Town

TASKS_OPEN = 1000  # at most: those of the cars that came last


@dataclass(frozen=True, slots=True)
class Year:
    """So many stays in the bays of a town that has officers and nothing yet to tell."""

    stays: int
    messages: int

    def lay(self, stack: Stack, place: Town) -> None:
        """A few minutes for a million stays."""
        url = make_url(stack.env["DATABASE_OWNER_URL"]).set(drivername="postgresql")
        values = {"ours": place.id, "zone": place.zone_id, "stays": self.stays, "messages": self.messages}
        with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as database:
            for statement in STATEMENTS:
                database.execute(statement, {**values, "open": TASKS_OPEN})


STATEMENTS = (
    # The months of the journal, and the days of which readings are told below.
    "SELECT openpatrol_make_partitions('journal', current_date - 366, current_date + 8)",
    """SELECT openpatrol_make_partitions(parent, current_date - 28, current_date + 8)
       FROM unnest(ARRAY['readings', 'positions']) parent""",
    "SELECT setseed(0.5)",
    "SET work_mem = '256MB'",
    # Each bay's year is cut into as many pieces as cars came; each came in its piece and left in it. Two bays in five
    # have a car of the last three hours in them.
    """CREATE TEMP TABLE cars AS
       WITH places AS (
         SELECT id AS bay_id, row_number() OVER (ORDER BY id) - 1 AS nth, count(*) OVER () AS bays
         FROM bays WHERE authority_id = %(ours)s AND NOT spot
       ), pieces AS (
         SELECT p.*, n, %(stays)s / bays AS pieces, interval '365 days' / (%(stays)s / bays) AS long
         FROM places p CROSS JOIN LATERAL generate_series(1, %(stays)s / bays) n
       ), came AS (
         SELECT bay_id, n = pieces AND nth %% 5 < 2 AS stands, long,
                CASE WHEN n = pieces AND nth %% 5 < 2 THEN now() - random() * interval '3 hours'
                     ELSE now() - (pieces - n + 1) * long + random() * long / 2 END AS arrived_at,
                least(exp(random_normal(ln(30), 1)) * interval '1 minute', long * 0.45) AS lasted
         FROM pieces
       )
       SELECT uuidv7(arrived_at - now()) AS id, bay_id, arrived_at,
              CASE WHEN NOT stands THEN arrived_at + lasted END AS departed_at,
              arrived_at + interval '1 hour' AS over,
              CASE WHEN stands THEN now() > arrived_at + interval '1 hour'
                   ELSE lasted > interval '1 hour' END AS was_over,
              row_number() OVER (ORDER BY arrived_at DESC) AS ago, random() AS luck
       FROM came ORDER BY arrived_at""",
    """INSERT INTO stays (authority_id, id, bay_id, arrived_at, counted_from, departed_at, possible_swap,
         overstay_from, lawful_from)
       SELECT %(ours)s, id, bay_id, arrived_at, arrived_at, departed_at, false,
         CASE WHEN was_over THEN over END, CASE WHEN was_over THEN over END FROM cars""",
    """UPDATE bay_state s SET state = CASE WHEN departed_at IS NULL THEN 'occupied' ELSE 'free' END,
         stay_id = c.id, at = coalesce(departed_at, arrived_at)
       FROM (SELECT DISTINCT ON (bay_id) * FROM cars ORDER BY bay_id, arrived_at DESC) c
       WHERE s.authority_id = %(ours)s AND s.bay_id = c.bay_id""",
    # A shift a day for every officer.
    """CREATE TEMP TABLE duties AS
       SELECT uuidv7(-n * interval '1 day') AS id, p.id AS officer_id, p.nth, n AS ago,
              date_trunc('day', now()) - n * interval '1 day' + interval '8 hours' AS began
       FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS nth FROM people
             WHERE authority_id = %(ours)s AND role = 'officer') p, generate_series(1, 365) n""",
    """INSERT INTO shifts (authority_id, id, officer_id, state, planned_from, planned_to, started_at, ended_at)
       SELECT %(ours)s, id, officer_id, 'ended', began, began + interval '10 hours', began,
         began + interval '10 hours' FROM duties""",
    "INSERT INTO shift_zones (authority_id, shift_id, zone_id) SELECT %(ours)s, id, %(zone)s FROM duties",
    """INSERT INTO briefings_read (authority_id, id, shift_id, sha256, equipment, faults, read_at, received_at)
       SELECT %(ours)s, uuidv7(began - now()), id, '', '[]', (random() < 0.05)::int, began, began FROM duties""",
    # Half of what was over made work; an officer came to most of it.
    """CREATE TEMP TABLE work AS
       SELECT uuidv7(c.over - now()) AS id, c.id AS stay_id, c.bay_id, c.over, d.id AS shift_id, d.officer_id,
              c.ago <= %(open)s AND c.departed_at IS NULL AS open, c.luck < 0.3 AS came,
              least(c.over + interval '20 minutes', now()) AS ended_at,
              (ARRAY['notice_served', 'drove_away_before_preparation', 'gone_on_arrival', 'advised_and_moved',
                     'within_time', 'bay_empty_sensor_wrong'])[1 + (c.luck * 1e6)::int %% 6] AS outcome
       FROM cars c JOIN duties d ON d.ago = greatest(1, ceil(extract(epoch FROM now() - c.over) / 86400))
         AND d.nth = (c.luck * 1e7)::int %% (SELECT count(DISTINCT officer_id) FROM duties)
       WHERE c.was_over AND (c.luck < 0.5 OR c.departed_at IS NULL) ORDER BY c.over""",
    """INSERT INTO tasks (authority_id, id, bay_id, stay_id, state, version, why, code, suffix, overstay_from,
         lawful_from, sightings_needed, rights, priority, priority_reasons, offers, officer_id, outcome, raised_at,
         ended_at)
       SELECT %(ours)s, id, bay_id, stay_id,
         CASE WHEN open THEN 'waiting' WHEN came THEN 'closed' ELSE 'withdrawn' END, 4,
         '25 min over a 1 h limit', '30', '', over, over, 1, 'unchecked', 40 + random() * 40,
         ARRAY['25 min over', 'likely still there'], 1, CASE WHEN came AND NOT open THEN officer_id END,
         CASE WHEN came AND NOT open THEN outcome END, over, CASE WHEN NOT open THEN ended_at END FROM work""",
    """INSERT INTO assignments (authority_id, id, task_id, shift_id, officer_id, state, offered_at,
         expires_at, accepted_at, arrived_at, ended_at, end_reason, expected_value, reason)
       SELECT %(ours)s, uuidv7(over - now()), id, shift_id, officer_id, 'ended', over,
         over + interval '1 minute', over,
         CASE WHEN came THEN over + interval '9 minutes' END, ended_at,
         CASE WHEN came THEN 'completed' ELSE 'withdrawn' END, 1, '' FROM work WHERE NOT open""",
    """INSERT INTO sightings (authority_id, id, task_id, officer_id, recorded_at, received_at, plate)
       SELECT %(ours)s, uuidv7(over - now()), id, officer_id, over + interval '10 minutes',
         over + interval '10 minutes', 'AB12 CDE' FROM work WHERE came AND NOT open""",
    """INSERT INTO outcomes (authority_id, id, task_id, officer_id, outcome, details, recorded_at, received_at)
       SELECT %(ours)s, uuidv7(over - now()), id, officer_id, outcome, '{}', ended_at, ended_at
       FROM work WHERE came AND NOT open""",
    # What supervisors did is one row in forty.
    """CREATE TEMP TABLE told AS
       SELECT arrived_at AS at, 'stay.began' AS kind, 'stay' AS subject, id AS subject_id, NULL::uuid AS officer_id,
         NULL::text AS actor, jsonb_build_object('bay_id', bay_id) AS facts FROM cars
       UNION ALL SELECT departed_at, 'stay.ended', 'stay', id, NULL, NULL, jsonb_build_object('bay_id', bay_id)
         FROM cars WHERE departed_at IS NOT NULL
       UNION ALL SELECT over, 'task.raised', 'task', id, NULL, NULL, jsonb_build_object('bay_id', bay_id) FROM work
       UNION ALL SELECT over + n * interval '3 minutes', k, 'task', id, officer_id, NULL, '{}' FROM work,
         unnest(ARRAY['task.offer', 'task.accept', 'task.arrive', 'task.sighting', 'task.close'])
           WITH ORDINALITY AS steps (k, n) WHERE NOT open AND (came OR n < 3)
       UNION ALL SELECT arrived_at, k, split_part(k, '.', 1), %(zone)s, NULL,
           'person:' || (SELECT id FROM people WHERE authority_id = %(ours)s AND role = 'supervisor' LIMIT 1), '{}'
         FROM cars, LATERAL (
           SELECT (ARRAY['zone.redrawn', 'zone.renamed', 'zone.recoloured'])[1 + ago %% 3] AS k) kinds
         WHERE ago %% 15 = 0""",
    """INSERT INTO journal (authority_id, at, kind, subject, subject_id, officer_id, actor, facts)
       SELECT %(ours)s, told.* FROM told WHERE at <= now() ORDER BY at""",
    # The rest of what a desk lists.
    """INSERT INTO readings (authority_id, source, key, event_at, received_at, sensor, sensor_id, bay_id, state,
         folded)
       SELECT %(ours)s, 'bench', r.state || c.id, r.at, r.at, s.reference, s.id, c.bay_id, r.state, true
       FROM cars c JOIN sensor_bays m ON m.authority_id = %(ours)s AND m.bay_id = c.bay_id
       JOIN sensors s ON s.authority_id = %(ours)s AND s.id = m.sensor_id
       CROSS JOIN LATERAL (VALUES ('occupied', c.arrived_at), ('free', c.departed_at)) AS r (state, at)
       WHERE r.at > now() - interval '28 days' ORDER BY r.at""",
    """UPDATE sensors s SET last_heard_at = now() - random() * random() * interval '5 days'
       WHERE authority_id = %(ours)s""",
    """INSERT INTO alerts (authority_id, id, kind, subject, subject_id, officer_id, raised_at, acknowledged_at,
         resolved_at)
       SELECT %(ours)s, uuidv7(began - now()), 'out-of-zones', 'shift', id, officer_id, began,
         CASE WHEN ago > 1 THEN began END, CASE WHEN ago > 1 THEN began END FROM duties""",
    """INSERT INTO desk_messages (authority_id, id, officer_id, text, sent_by, sent_at, read_at)
       SELECT %(ours)s, uuidv7(at - now()), officer_id, 'Please come by the office.', officer_id, at, at
       FROM (SELECT officer_id, now() - random() * interval '365 days' AS at FROM duties ORDER BY random()
             LIMIT %(messages)s) m""",
    """INSERT INTO kept_records (authority_id, id, record_id, person_id, task_id, kind, said, why, recorded_at,
         received_at)
       SELECT %(ours)s, uuidv7(ended_at - now()), uuidv7(), officer_id, id, 'sighting', '{}', 'It was over.',
         ended_at, ended_at FROM work WHERE came ORDER BY random() LIMIT %(messages)s""",
    """INSERT INTO suspensions (authority_id, id, bay_id, starts_at, ends_at, why)
       SELECT %(ours)s, uuidv7(at - now()), bay_id, at, at + interval '2 days', 'Building work'
       FROM (SELECT bay_id, arrived_at AS at FROM cars ORDER BY random() LIMIT %(messages)s) s""",
    "ANALYZE",
)
