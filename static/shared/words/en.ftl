# OpenPatrol in English: the catalogue of record. Every sentence of the phone stands here, under a name that says
# where it is used. To add a language, copy this file to <language>.ftl beside it, translate what stands to the right
# of each "=", and name the language in static/patrol/index.html. What is left out is said in English.
# How to write gaps and plurals: https://projectfluent.org

## Times, spans, distances

when-yesterday = yesterday { $at }
when-tomorrow = tomorrow { $at }
when-day = { $day } { $at }
period = { $from } to { $to }
span-seconds = { $seconds } s
span-minutes = { $minutes } min
span-hours = { $hours } h
span-hours-minutes = { $hours } h { $minutes } min
span-days = { $days } days
age = { $span } ago
age-now = just now
until = in { $span }
until-now = now
distance-metres = { $metres } m
distance-kilometres = { $kilometres } km
walk = { $minutes } min walk

## A task

task-place = { $street }, bay { $reference }
task-place-spot = { $street }, { $reference }
task-over-limit = { $span } over a { $limit } limit
task-for = { $why }, for { $span }
task-first-look = First look: its time ends at { $at }
task-patrol = { $name }: { $minutes } min
task-lawful-from = Lawful from { $at } · in { $countdown }
task-lawful-unknown = Lawful from: known when it has reached the server
task-lawful-now = Lawful now · since { $at }
task-lawful-no-longer = No longer lawful: the hours ended at { $at }
task-window = Be seen there until { $at } · { $span } left
task-window-ended = The window ended at { $at }
task-look = Look { $look } of { $looks }
task-looks-done = All { $looks } looks are recorded
hint-unseen = { $days ->
    [one] Nothing urgent: walk down { $street }, unseen for 1 day.
   *[other] Nothing urgent: walk down { $street }, unseen for { $days } days.
  }
hint-never-seen = Nothing urgent: walk down { $street }, not seen yet.

state-visited = Visited
state-called-off = Called off
state-raised = Raised, not sent yet
state-patrol = Patrol
state-may-have-left = May have left
state-within-time = Within its time
state-hours-ended = Hours ended
state-over = Over
state-lawful-now = Lawful now

work-waiting = Waiting for an officer
work-offered = Asked { $name }
work-accepted = { $name } is going
work-arrived = { $name } is there
work-unsafe = Unsafe there, says an officer: you decide
work-escalated = Needs you: nobody took it
work-an-officer = An officer
work-asked-somebody = an officer
work-called-off = Called off

## What the server says: its English sentences, word for word, so that they can be said in other languages

said-over-limit = Over a { $limit } limit
said-first-look-limit = First look: a { $limit } limit ends soon
said-first-look-suspended = First look: the bay will be suspended
said-suspended = Parked in a suspended bay
said-no-stay = Parked where no stay is allowed
said-span-both = { $hours } h { $minutes } min
said-span-hours = { $hours } h
said-span-minutes = { $minutes } min

said-harm-suspended = in a suspended bay
said-harm-bus = blocks a bus stop
said-harm-school = blocks a school entrance
said-harm-loading = blocks a loading bay
said-harm-taxi = blocks a taxi rank
said-harm-charging = blocks a charging place
said-harm-car-club = blocks a car club place
said-harm-permit = in a permit holders' place
said-first = the desk asks for this first
said-likely = likely still there
said-may-be-gone = may be gone on arrival
said-may-be-there = may still be there
said-probably-gone = probably gone by then
said-lawful-in = lawful in { $minutes } min
said-again = { $nth } time here this week
said-many-times = { $times } times here this week
said-waited = waiting { $minutes } min for an officer
said-not-checked = rights not checked
said-first-sighting = made the first sighting
said-only-one = the only one who can get there
said-nearest = nearest of { $count }
said-nth-nearest = { $nth } nearest of { $count }
said-number-nearest = number { $nth } in distance of { $count }
said-more-there = { $count } more on from there
said-by-supervisor = Your supervisor asks you to go
said-none = none
said-one = one
said-two = two
said-three = three
said-four = four
said-five = five
said-six = six
said-seven = seven
said-eight = eight
said-nine = nine
said-ten = ten
said-second = second
said-third = third
said-fourth = fourth
said-fifth = fifth
said-sixth = sixth
said-seventh = seventh
said-eighth = eighth
said-ninth = ninth
said-tenth = tenth

said-rights-not-checked = not checked
said-rights-none = none found ({ $provider })
said-rights-covered-by = { $covered } ({ $provider })
said-rights-covered-until = covered by { $what } until { $until }
said-rights-covered = covered by { $what }
said-rights-no-answer = not checked: { $provider } did not answer
said-rights-late = not checked: { $provider } did not answer in time
said-covered-until = Covered by { $what } until { $until }.
said-a-payment = a payment
said-a-permit = a permit
said-a-dispensation = a dispensation
said-a-loading-permit = a loading permit
said-a-set-down-permit = a permit to set down
said-a-waiting-permit = a waiting permit
said-a-right = a right

said-hours-ended = The controlled hours have ended.
said-car-left = The car has left.
said-car-was-not-there = A late report showed that this car was not there.
said-clock-again = The bay was free for a moment: the clock has started again.
said-within-time = The car is within its time after all.
said-nobody-there = Nobody was there before the window ended.
said-patrol-changed = The patrol was changed.
said-patrol-retired = The patrol is no longer in use.
said-bay-paused = The bay is paused.
said-bay-retired = The bay is no longer in use.
said-window-over = The window is over.
said-bad-hours = Its hours can't be read any more.

said-outcome-notice-served = Notice served
said-outcome-drove-away-before = Drove away before I began the notice
said-outcome-drove-away-after = Drove away after I began the notice
said-outcome-prevented = Prevented from serving
said-outcome-gone = Gone when I arrived
said-outcome-advised = Advised and moved
said-outcome-within-time = Within its time after all
said-outcome-no-contravention = No contravention after all, or raised by mistake
said-outcome-patrolled = Patrolled: nothing found, or nothing more
said-outcome-right-seen = Permit, payment or badge seen
said-outcome-loading = Loading: look again later
said-outcome-broken-down = Broken down
said-outcome-empty = Bay empty: the sensor is wrong
said-outcome-signs = Signs or lines defective
said-outcome-not-reached = Cannot be reached
said-outcome-unsafe = Unsafe here
said-outcome-welfare = Worried about someone
said-outcome-incident = Incident

## What a message on the phone says

said-push-no-need = { $place } No need to go.
said-push-place = { $street }, bay { $bay }
said-push-place-ends = { $street }, bay { $bay }.
said-push-second-look = Your second look at this car
said-push-first-look = A first look: still within its time
said-push-over-both = { $hours } h { $minutes } min over
said-push-over-hours = { $hours } h over
said-push-over = { $minutes } min over
said-push-lawful-from = lawful from { $at }
said-push-patrol = Standing patrol
said-push-until = until { $at }
said-push-walk = { $metres } m walk
said-push-car-left = The car has left
said-push-may-have-left = The car may have left
said-push-with-another = Another officer has this one now
said-push-called-off = Your supervisor has called this one off
said-push-test = Messages reach this phone
said-push-test-body = It will buzz when there is something to do now.
said-push-sos-seen = Your SOS has been seen
said-push-sos-seen-body = Your supervisor is on it.
said-push-keep-away = Unsafe near { $street }: keep away
said-push-keep-away-body = Nobody is sent there until your supervisor says so.
said-push-check-in = Are you all right? Check in now
said-push-check-in-body = Your supervisor is alarmed if nothing is heard from you.
said-push-message = A message from your supervisor
said-push-message-body = Open OpenPatrol to read it.

said-found-why = Seen by an officer: { $gist }
said-missing-not-sighted = The car has not been sighted yet.
said-missing-more-sightings = { $lacking } more sightings are needed.
said-missing-sightings = { $needed } sightings are needed.
said-missing-one-sighting = One more sighting is needed.
said-missing-too-early = The last sighting was before a notice could be lawful: look again.
said-missing-minutes = The car has to be observed for { $minutes } min; so far it is { $watched }.
said-missing-no-plate = The plate has not been recorded yet.
said-missing-plates-differ = The sightings are of different plates.
said-missing-no-valves = The valve positions have not been recorded at every sighting.
said-missing-valves-differ = The valve positions differ: the car has moved in between.

## What is missing before a notice

missing-not-sighted = The car has not been sighted yet.
missing-sightings = { $needed } sightings are needed.
missing-more-sightings = { $lacking ->
    [one] One more sighting is needed.
   *[other] { $lacking } more sightings are needed.
  }
missing-too-early = The last sighting was before a notice could be lawful: look again.
missing-minutes = The car has to be observed for { $minutes } min; so far it is { $watched }.
missing-no-plate = The plate has not been recorded yet.
missing-plates-differ = The sightings are of different plates.
missing-no-valves = The valve positions have not been recorded at every sighting.
missing-valves-differ = The valve positions differ: the car has moved in between.

## The frame of the app

skip = Skip to what is on now
tabs = The app’s four places
tab-task = Task
tab-map = Map
tab-found = Found
tab-outbox = Outbox
try-again = Try again
undo = Undo
undo-too-late = Too late: it can’t be taken back here any more.
update-ready = A newer version of the app is ready.
update-now = Update now
recorded = Recorded.
recorded-closed = Recorded and closed.

storage-full = This phone is full. What you record now is kept while this page is open, and goes first: don’t close it, and make room.
storage-trouble = Something went wrong on this phone. What is unsent is still here, and is tried again.
storage-none = This browser keeps nothing, so your work could be lost. Open OpenPatrol in an ordinary window, or allow it to store data.
storage-blocked = Another window of OpenPatrol on this phone still has an older version. Close that window: this one then opens by itself.
storage-newer = OpenPatrol was updated in another window of this phone. Load this one again: nothing is lost.
storage-reload = Load again
clock-ahead = Your phone’s clock is { $span } ahead. OpenPatrol goes by the server’s.
clock-behind = Your phone’s clock is { $span } behind. OpenPatrol goes by the server’s.
photo-lost = This phone no longer has the photo.
photo-stuck = The server does not take the rest of the photo just now.

## Signing in, and the line to the server

sign-in = Sign in
sign-in-email = E-mail
sign-in-password = Password
sign-in-empty = Give your e-mail and your password.
sign-in-wrong = That e-mail and password do not go together. Check both, or ask your administrator for a new password.
sign-in-too-often = Too many attempts. Try again in { $seconds } seconds.
said-line-late = The server did not answer in time. Try again.
said-line-none = No connection to the server. Try again when you have signal.
said-line-broken = The server answered { $status }. Try again.
said-line-short = The answer of the server was cut short. Try again.
said-line-push = The push service of this browser did not answer.
connection-connecting = Connecting…
connection-live = Up to date
connection-checking = No live feed: checking every 15 s
connection-none = No connection: this may be out of date. Trying again.

screen-not-kept = This part is not on the phone yet. It comes as soon as there is signal.
phone-is-lost = This phone was reported lost. What you record stays on it until your supervisor says that it was found. SOS works.

## At the door

door-trouble = Can’t open the page
door-not-officer = This page is for officers
door-signed-in-as = You are signed in as { $name }.
door-to-desk = Go to the desk
door-unsent = { $steps ->
    [one] One step waits on this phone, locked. It is sent when you sign in again.
   *[other] { $steps } steps wait on this phone, locked. They are sent when you sign in again.
  }
door-unsent-others = { $steps ->
    [one] One step of another officer waits on this phone, locked. It is sent when they sign in.
   *[other] { $steps } steps of other officers wait on this phone, locked. They are sent when they sign in.
  }
pin-title = { $name }: your PIN
pin-label = PIN
pin-open = Open
pin-other = I am somebody else
pin-back = I am { $name }: back to my PIN
pin-wrong = { $left ->
    [0] That is not your PIN. Sign in with your password now; nothing is lost.
    [one] That is not your PIN. One more try, then you sign in with your password.
   *[other] That is not your PIN. { $left } tries are left.
  }

## SOS

sos = SOS
sos-how = Hold for a second to call for help, or press Enter twice.
sos-how-open = Shows your call for help.
sos-hold = To call for help, hold SOS until the bar is full.
sos-again = { $left ->
    [one] Press once more to call for help.
   *[other] Press { $left } times more to call for help.
  }
sos-button-sending = SOS: sending
sos-button-unreached = SOS: not sent
sos-button-signed-out = SOS: not sent
sos-button-sent = SOS: sent
sos-button-seen = SOS: seen
sos-button-taking-back = SOS: taking back
sos-title = Your call for help
sos-sending = Being sent… It has reached nobody yet.
sos-unreached = This has NOT reached anybody. Call or text instead. It is tried again every few seconds.
sos-signed-out = This has NOT reached anybody: the phone is signed out. Call or text. It is sent when you sign in.
sos-sent = Sent at { $at }.
sos-sent-wait = Your supervisor’s page shows it. You will see here when somebody has seen it.
sos-seen = Seen by your supervisor at { $at }. Somebody is on it.
sos-taking-back = Being taken back… There is no answer yet.
sos-taken-back = Taken back: it was nothing.
sos-taken-back-late = Noted: it was nothing. Your supervisor still asks, to be sure.
sos-over = Your supervisor has put this call away.
sos-with-place = Your position goes along, within { $metres } m, and follows you while this page is open.
sos-without-place = There is no position yet: say where you are when you call.
sos-take-back = It was nothing
sos-take-back-within = For { $countdown } this ends the call by itself; then your supervisor asks all the same.
sos-take-back-late = Your supervisor still asks, to be sure.
sos-call-again = Call for help again
sos-leave = Back to the app; the call stays
sos-close = Back to the app
sos-phone = Call the control room: { $number }
sos-sms = Text the control room: { $number }
sos-emergency-number = 999
sos-emergency = Call { $number }
sos-no-numbers = Your council has not given the control room’s number.
sos-text = SOS from { $name }, { $time }. I need help. Call me.
sos-text-at = SOS from { $name }, { $time }. I need help at { $lat }, { $lon } (within { $metres } m). Call me.
sos-left = { $name } called for help on this phone, { $at }. It has reached NOBODY. Tell the control room.
sos-left-away = I have seen to it: put it away
sos-limits-title = What SOS on this page can’t do
sos-limits = It can’t be pressed while the screen is locked or the page is closed, and then it can’t go on sending either. It makes no sound and calls no emergency service by itself. Your phone’s own emergency call works from the locked screen.

## Signs of life

check-in-say = I’m all right
check-in-by = Sign of life due by { $at }, in { $span }
check-in-soon = Are you all right?
check-in-missed = Your sign of life is late: your supervisor is told. Are you all right?
check-in-saying = Being sent…
check-in-unreached = This has not reached anybody yet. It is tried for a minute.
check-in-given-up = This did not reach anybody. Your supervisor may be told that you are silent: try again, or call.
check-ins = Sign of life
check-ins-none = None is asked for
check-ins-every = Every { $minutes } min
check-ins-rule = Whatever you send counts. If nothing comes in time, the server tells your supervisor, also when this phone is dead. Only a supervisor makes it rarer.
check-ins-needs-network = This needs a connection to the server. Try again when you have signal.
offer-new = New: { $place }.
offer-show = Show it

## The task screen

nothing-title = Nothing to do now
nothing-words = Go on with your round. You will be told here when a car needs a look.
switch = All that is in your hand
card-offered = New: can you go?
card-accepted = You are going
card-arrived = You are here
card-found = You observe this one
card-accept = I’m going
card-arrive = I’m here
card-cannot = Can’t
card-unsafe = Unsafe
card-answer-within = Answer within { $countdown }
card-answer-late = Going to the next officer…
card-may-have-left = The car may have left, { $age }. You will hear within a minute if it has.
card-may-have-left-here = The car may have left, { $age }. Record what you find.
card-why = Why this one: { $reasons }
card-why-next = it is the next one here
card-then = Then: { $place }
decline-too-far = Too far away
decline-busy = I’m busy
decline-break-due = My break is due
decline-other = Another reason
away = { $distance } · { $walk }
away-coarse = { $away }, give or take { $accuracy }
way-show = Show it on the map
way-there = { $point ->
    [n] { $distance } to the north. Show it on the map
    [ne] { $distance } to the north-east. Show it on the map
    [e] { $distance } to the east. Show it on the map
    [se] { $distance } to the south-east. Show it on the map
    [s] { $distance } to the south. Show it on the map
    [sw] { $distance } to the south-west. Show it on the map
    [w] { $distance } to the west. Show it on the map
   *[nw] { $distance } to the north-west. Show it on the map
  }
undo-declined = It goes to the next officer.
undo-unsafe = Unsafe: your supervisor is told, and nobody is sent there.
undo-closed = Closed.
undo-again = Not closed: it is looked at again in { $minutes } min, by you or by someone else.
undo-again-yours = Not closed: you look again in { $minutes } min.
undo-within-time = Recorded. If the car stays, it is looked at again when its time is over.
undo-come-back = You come back for the next look.
undo-misread = Marked as misread. Record what you see.
next-offered = New: can you go?
next-look-in = Look { $number } in { $countdown }
next-back = Back in { $countdown }
next-look = { $number ->
    [one] Look now
   *[other] Look { $number } now
  }
next-ready = A notice can be begun
next-serve = Notice begun

## At the car

look-title = What you see
look-title-next = Look { $number }
look-title-wait = Seen; the next look comes later
look-title-done = What you have seen
look-next = Look { $number } is possible at { $at }
look-another = Another look
look-record = Record this look
look-recorded = Look recorded.
look-without-plate = plate not read
look-valves = front { $front }, rear { $rear }
look-photos = { $count ->
    [one] 1 photo
   *[other] { $count } photos
  }
look-photos-waiting = { $count ->
    [one] Recorded; 1 photo waits to be sent
   *[other] Recorded; { $count } photos wait to be sent
  }
look-misread = I misread it
look-misread-at = Misread, as you said at { $at }: it counts for nothing since
look-before-end = { $photos ->
    [0] What you had filled in was recorded as a look first.
    [one] What you had filled in was recorded as a look first, with 1 photo.
   *[other] What you had filled in was recorded as a look first, with { $photos } photos.
  }
look-unsent = Recorded on this phone, waits to be sent
look-sent = With the server
look-added = Added: { $text }
look-add = Add a note
look-add-what = What do you add to this look?
look-add-record = Add it
look-empty = Record the plate, the valve positions, a photo or a note: an empty look proves nothing.
look-one-valve = Give both valve positions, or neither.
look-no-plate = Write the plate in 2 to 10 letters A to Z and digits. What can’t be typed goes into the note.
come-back = Go on, and come back for the next look
plate = Number plate
plate-odd = Doesn’t look like a UK plate: check it. Foreign plates are fine.
plate-is-it = Is it { $plate }?
plate-as-before = As at your look before. Is it the same car?
plate-another = Another plate than before: that was { $plate }.
valves = Valve positions, as on a clock: 12 is at the top
valve-front = Front: { $at }
valve-rear = Rear: { $at }
valve-front-where = Where is the front valve?
valve-rear-where = Where is the rear valve?
valve-at = { $hour } o’clock
valve-not-seen = not seen
note = Note
note-phrases = Phrases to put in
phrase-nobody = Nobody in or near the vehicle.
phrase-driver = Driver present.
phrase-badge = No blue badge on display.
phrase-loading = No loading or unloading seen.
phrase-ticket = No ticket or permit on display.
phrase-signs = Signs and lines clear and correct.
phrase-tinted = Windows tinted: the inside can’t be seen.
photo-take = Take a photo
photo-choose = Choose a photo
photo-chosen-mark = chosen
photo-chosen = { $count ->
    [one] 1 photo was chosen from the phone’s pictures: the time is the file’s.
   *[other] { $count } photos were chosen from the phone’s pictures: the times are the files’.
  }
photo-keeping = Keeping the photo…
photo-count = { $count ->
    [0] No photo
    [one] 1 photo of { $most }
   *[other] { $count } photos of { $most }
  }
photo-most = { $most } photos are all that a look can have. Record this look, then make another.
photo-same = You have this photo already.
photo-full = This phone’s storage is full: the photo was not kept. All else you recorded is safe. Send what waits, then try again.
photo-unreadable = This photo can’t be read. Take it again, or choose one that the phone’s own camera took; a look counts without photos, too.
photo-remove = Remove photo { $number }
photo-removed = Photo removed.
rights-asking = Asking for a permit or payment…
rights-none = No permit or payment, as of { $at }
rights-covered = Covered: { $what }, as of { $at }
rights-covered-until = Covered until { $until }: { $what }, as of { $at }
rights-a-right = a right to stand here
rights-unknown = Permit or payment not known, as of { $at }: { $reason }
rights-no-signal = Permit or payment not checked at { $at }: no signal
rights-not-checked = Permit or payment not checked, at { $at }
notice-title = A notice
notice-lacking = Before a notice:
notice-ready = The evidence is complete.
notice-begin = Begin a notice
notice-now-begun = Notice begun.
notice-begun = You began the notice at { $at }.
notice-number = The notice’s number
notice-number-help = As your handheld prints it, if it does.
notice-served = Notice served
notice-not-yet = As a notice served this can’t be recorded yet.
notice-papered = The paper is on the car: tell the supervisor
paper-reference = Notice on the car: { $number }
paper-no-number = Notice on the car, without a number
undo-papered = It is kept for your supervisor, who is told. The visit ends as an incident.
missing-clock = When a notice could be lawful is known once this observation has reached the server.
end-title = How it ended
outcome-more = More
another-contravention = Another contravention than this?
another-beside = It is observed beside this task, which stays in your hand until you say how it ended.
outcome-unsafe = Unsafe here
outcome-which = Which was seen?
outcome-permit = A permit
outcome-payment = A payment
outcome-badge = A blue badge
outcome-minutes = Look again in how many minutes?
outcome-reference = The incident’s reference
outcome-began = When did you begin the notice?
outcome-record = Record and close
typed-not-kept = This phone’s storage is full: what you type is not kept on it until it is recorded.

## The outbox

outbox-title = Outbox
outbox-empty = Everything is sent.
outbox-wait = { $steps ->
    [one] 1 step
   *[other] { $steps } steps
  }{ $photos ->
    [0] {""}
    [one] {""} and 1 photo
   *[other] {""} and { $photos } photos
  } to send, { $size }.
outbox-need-you = { $steps ->
    [one] 1 needs you.
   *[other] { $steps } need you.
  }
outbox-unreadable = { $steps ->
    [one] 1 step on this phone is locked by an older key of yours: ask your administrator.
   *[other] { $steps } steps on this phone are locked by an older key of yours: ask your administrator.
  }
outbox-loose = This phone is full: keep this page open until all is sent.
outbox-in-touch = In touch with the server.
outbox-may-clear = This phone may clear unsent work when it is nearly full: send it soon.
outbox-last-contact = Last contact at { $at }.
outbox-no-contact = No contact with the server yet.
outbox-send-now = Send now
outbox-sending = Sending…
outbox-sent-now = Everything is sent.
outbox-not-now = Not everything could be sent. It is kept, and goes by itself when there is signal.
outbox-needs = { $steps ->
    [one] Needs you
   *[other] Need you ({ $steps })
  }
outbox-waits = Waiting to be sent
outbox-sent = Sent today
outbox-more = { $steps ->
    [one] And 1 more.
   *[other] And { $steps } more.
  }
outbox-storage = This app uses { $used } of the { $quota } that it may.
size-kb = { $kilobytes } KB
size-mb = { $megabytes } MB
size-gb = { $gigabytes } GB
step-accept = I’m going
step-decline = I can’t go
step-arrive = I’m here
step-sighting = What I saw
step-misread = I misread a look
step-addendum = Something to add
step-preparation = I began the notice
step-look-again = I come back for a second look
step-outcome = How it ended
step-papered = A notice on the car, for the supervisor
step-found = A car that I found
step-photo = A photo
step-shift-start = I started my shift
step-shift-end = I finished my shift
step-briefing = I read the briefing
step-other = Something I did
step-waits = waits for signal since { $since }
step-next = next to be sent
step-tried = { $tries ->
    [one] waits for signal since { $since }, tried once
   *[other] waits for signal since { $since }, tried { $tries } times
  }
step-tried-live = { $tries ->
    [one] being sent
   *[other] being sent, try { $tries }
  }
step-can-be-undone = can be undone for { $countdown }
step-behind = waits until you decide about “{ $what }”
step-arrived = arrived at { $at }
photo-arrived = How much of the photo has arrived
photo-progress = { $received } of { $size }
needs = Needs you: “{ $what }”
needs-at = Needs you: “{ $what }”, { $where }
needs-more = { $steps ->
    [one] and 1 more
   *[other] and { $steps } more
  }
refused-yours = What you recorded
refused-now = The task now
refused-behind = { $steps ->
    [one] 1 more step of this task waits for your decision.
   *[other] { $steps } more steps of this task wait for your decision.
  }
refused-kept = What you recorded is kept for your supervisor.
refused-only-here = Only this phone has it, and what waits behind it. Send it again, or take it along as one file, below.
refused-again = Send it again
refused-fix = Correct and send
refused-anew = Say again how it ended
refused-sign-anew = Look over the log again
refused-leave-all = Leave all of it for the supervisor
refused-leave = Leave it for the supervisor
refused-drop = Let it go
undo-left = It is kept for your supervisor.
undo-dropped = It is not sent.
field-what = What
field-when = When
field-code = Code of the contravention
field-plate = Number plate
field-valves = Valves
field-valve-front = Front valve, 1 to 12
field-valve-rear = Rear valve, 1 to 12
field-photos = Photos
field-note = Note
field-text = Text
field-minutes = Minutes
field-reference = Reference
field-which = Which
field-state = How it stands
field-car = The car
field-may-have-left = May have left
field-looks = Looks
field-ended = Ended
export-title = Take it along
export-words = { $steps ->
    [one] One file with 1 step
   *[other] One file with { $steps } steps
  }{ $photos ->
    [0] {""}
    [one] {""} and 1 photo
   *[other] {""} and { $photos } photos
  }, about { $size }, readable by anybody: plates, notes, places, times. For your supervisor, if this phone can’t send.
export-download = Save the file
export-share = Share it
export-not-shared = Nothing was shared. Save the file instead.

## The day

day-title = Your day
shift-none = No shift
shift-planned = Not on shift
shift-available = On patrol
shift-observing = Observing
shift-serving = Serving a notice
shift-with-public = With someone
shift-incident = At an incident
shift-break = On a break
shift-ended = Shift ended
shift-not-on = You are not on shift.
shift-no-zone = no zone yet
shift-to-available = Back on patrol
shift-to-break = Take a break
shift-to-with-public = I’m with someone
shift-to-observing = I’m observing
shift-to-serving = I’m serving a notice
shift-to-incident = Something has happened
shift-end = Finish my shift
shift-start = Start my shift
shift-since = since { $from }
shift-since-until = since { $from }, until { $until }
shift-in-zones = In { $zones }
shift-ask-for-zone = No zone yet: ask your supervisor to assign one.
desk-message = From the desk · { $who } · { $at }
desk-message-read = I’ve read it
zones-changed = You have other zones now: { $zones }.
zones-gone = You have no zone any more: ask your supervisor.
shift-none-title = No shift is planned for you
shift-none-words = Ask your supervisor to plan your shift and its zones. It will show here by itself.
shift-planned-title = Your shift
shift-position = While you are on shift, and not on a break, your position is used to send you the nearest work.
shift-break-words = No new work comes, and your position is not taken. Only what concerns safety or work in hand buzzes.
shift-paused-words = No new work comes until you are back. Only what concerns safety or work in hand buzzes.
shift-ended-words = You finished at { $at }. Look over the log of your day and sign it.
shift-leave-phone = Leave this phone to the next officer
shift-leave-phone-words = This signs you out. What is not sent yet stays on the phone, locked.
shift-busy-for = I’m with someone, for about
look-again = Look again
briefing-title = Briefing
briefing-read = Read the briefing
briefing-again = See the briefing again
briefing-is-unread = to be read
briefing-is-changed = changed since you read it
briefing-is-read = read
briefing-hazards = Take care
briefing-notes = To be known
briefing-days = A special day
briefing-suspensions = Suspended bays
briefing-patrols = Patrols that are asked for
briefing-nothing = Nothing special is known of your zones today.
briefing-unsafe-street = { $street }, { $metres } m around:
briefing-since = since { $at }
briefing-equipment = Your equipment
briefing-all-in-order = All of it is in order
briefing-ok = In order
briefing-fault = Not in order
briefing-what = What is wrong
briefing-say = I have read it
briefing-say-again = Say it again
briefing-thanks = Thank you: recorded.
briefing-unheard = The briefing was never loaded on this phone. It comes when there is signal; you can start without it.
briefing-loading = Loading the briefing…
log-title = The log of your shift
log-look-over = Look over the log and sign it
log-shift = From { $from }, for { $span }
log-lacks = { $steps ->
    [one] One step must be sent before the log is complete.
   *[other] { $steps } steps must be sent before the log is complete.
  }
log-to-outbox = See the outbox
log-unheard = The log comes from the server.
log-loading = Loading the log…
log-count-attended = Attended
log-count-notices = Notices served
log-count-called-off = Called off while yours
log-count-raised = Raised by you
log-count-breaks = Breaks
log-breaks = { $breaks }, { $span }
log-sign-words = Your name under it says: this is what I did. It can’t be changed afterwards.
log-name = Your name
log-name-missing = Type your name to sign.
log-sign = Sign the log
log-signing = Signed on this phone. It is sent when there is signal.
log-signed = Signed at { $at }
step-log-sign = I signed my log
step-message-read = I read a message from the desk
undo-end = Finishing your shift.{ $tasks ->
    [0] {""}
   *[other] {""} Your task goes to someone else.
  }{ $observed ->
    [0] {""}
    [one] {""} What you observe of your own accord ends with it.
   *[other] {""} All { $observed } cars that you observe of your own accord end with it.
  }

## The map

map-title = Map
map-region = Map of your zones: move it with the arrow keys, zoom with plus and minus. The list has the same places.
map-as = Show as
map-as-map = Map
map-as-list = List
map-go-in = +
map-go-out = −
map-go-me = Me
map-go-work = Task
map-no-shift = No shift is planned for you, so there is no map yet.
map-no-zones = Your shift has no zone yet: ask your supervisor to assign one.
map-never-loaded = The map was never loaded on this phone. It comes when there is signal.
map-loading = Loading the map…
map-no-library = The map can’t be drawn just now. Here is the list of the same places.
map-me = You are here, within { $metres } m, { $age }.
map-me-none = Your position is not known just now.
map-me-waiting = Finding your position…
map-me-denied = This phone does not give your position: allow it in the browser’s site settings.
map-me-unsupported = This browser gives no position.
map-me-off = Your position is taken on shift only.
map-no-marks = How the bays stand was not heard yet.
map-old-marks = How the bays stood at { $at }, { $age }.
map-unsafe = { $count ->
    [one] One place is unsafe: nobody is sent there.
   *[other] { $count } places are unsafe: nobody is sent there.
  }
map-legend = What the shapes mean
map-legend-me = You: the ring fades with the age of the position
map-legend-unsafe = Unsafe: nobody is sent there
map-away = { $distance } from you
map-suspended = Suspended
map-paused = Out of use: signs or lines
map-observe = Observe this one
map-to-task = Go to your task
open-in-maps = Open in maps
close = Close
mark-lawful = Lawful now
mark-over = Over its time
mark-may-have-left = May have left
mark-occupied = A car within its time
mark-free = Free
mark-suspended = Suspended
mark-unknown = Not known
mark-done = Visited
mark-ended = Called off
mark-officer = Patrol
mark-for = { $word } · for { $span }
mark-as-of = { $word } at { $at }
list-search = Street or bay
list-count = { $count ->
    [0] No place like that on your map.
    [one] One place
   *[other] { $count } places
  }
list-more = Show more
list-yours = Your work
list-calling = Over their time
list-others = Other bays

## Found, outbox, settings

found-title = What you observe
found-nothing = You observe nothing of your own accord just now.
found-why = Seen by an officer: { $gist }
found-new = New observation
found-where = Where is the car?
found-what = What is it doing there?
found-begin = Begin to observe
found-back = Back to what you observe
found-no-place = Say where the car is: a bay, or a street and where in it.
found-no-position = This phone doesn’t know where it is, and a place that is no bay needs that. Pick a bay, or allow the position in the browser’s site settings.
found-no-code = Choose what it is doing there.
found-not-on-shift = You are not on shift: start it first.
bay-search = Bay or street
bay-nearest = Nearest to you
bay-no-map = The map was never loaded on this phone, so there are no bays to pick from. Say where the car is in words.
bay-not-found = No bay like that on your map.
bay-none = Not in a bay
bay-other = Another place
spot-street = Street
spot-where = Where in it
spot-help = For example: outside the bakery, opposite number 12
spot-bay = It is in a bay
code-search = Contravention: number or words
code-none-known = The list was never loaded on this phone. It comes when there is signal.
code-recent = Used lately first. For others, type a number or words.
code-first = The first of the list. For others, type a number or words.
code-count = { $count ->
    [0] Nothing like that in the list.
    [one] 1 found
   *[other] { $count } found
  }
code-other = Another one
code-suffix = Suffix
code-no-suffix = None
visits-title = Ended today
visits-none = No visit has ended yet.
visit-unsent = Not sent yet
visit-no-looks = Nothing was recorded at this one.
card-needs-you = Something of this needs you: look into the outbox.
settings-title = This phone
sign-out = Sign out
sign-out-unsent = { $steps ->
    [0] Everything is sent.
    [one] One step is not sent yet. It stays on this phone, locked, and goes when you sign in again.
   *[other] { $steps } steps are not sent yet. They stay on this phone, locked, and go when you sign in again.
  }
sign-out-going = Signing out…
sign-out-going-words = What waits is sent first, as far as it goes.
sign-out-unheard = No connection to sign out
sign-out-unheard-words = If you sign out now, nobody can sign in on this phone until there is signal, you neither. What is not sent stays on it, locked.
sign-out-unheard-pin = Lock it instead: your PIN opens it again, also without signal.
sign-out-unheard-no-pin = There is no PIN to lock this page with. Stay signed in, and lock the phone itself.
sign-out-stay = Stay signed in
sign-out-anyway = Sign out all the same

set-group-looks = How it looks
set-group-signals = Messages, sound, position
set-group-safety = SOS
set-group-lock = PIN and lock
set-group-install = On the home screen
set-group-app = Storage and version
set-text = Size of the text
set-text-100 = Usual
set-text-125 = Larger
set-text-150 = Large
set-text-200 = Largest
set-theme = Light or dark
set-theme-phone = As the phone
set-theme-light = Light
set-theme-dark = Dark
set-theme-time = Dark at night
set-night = Night here: { $from } to { $to }, from sunset to sunrise.
set-night-unknown = Night: 19:00 to 07:00 until a position is known; then from sunset to sunrise there.
set-contrast = Contrast
set-contrast-phone = As the phone
set-contrast-more = High
set-motion = Motion
set-motion-phone = As the phone
set-motion-less = None
set-language = Language
set-language-phone = As the phone
set-vibration = Vibration
set-vibration-on = On
set-vibration-off = Off
set-sound = Sound
set-sound-on = On
set-sound-off = Off
set-try = Try how it feels and sounds:
signal-offer = New work
signal-check-in = Are you all right?
signal-holding = Holding SOS
set-awake = Keep the screen on while a countdown runs
set-awake-off = No
set-awake-on = Yes
set-awake-hint = It costs battery. It ends with the countdown, and when the phone is put away.
set-sos = To call for help
set-sos-hold = Hold SOS
set-sos-taps = Hold it, or tap three times
set-lock = Ask for the PIN when the phone was away for
set-lock-1 = 1 min
set-lock-5 = 5 min
set-lock-15 = 15 min
set-lock-never = Only when the page is opened
pin-is-set = A PIN locks this phone for you.
pin-is-not-set = No PIN: whoever has the phone unlocked can open this page.
pin-wanted = Choose a PIN first
pin-wanted-words = Your council wants a PIN on this phone. It keeps your work locked when the phone lies about; SOS stays.
pin-later = Go on without a PIN for now
pin-choose = Choose a PIN
pin-new = New PIN
pin-rule = Four to eight digits.
pin-rule-broken = A PIN has four to eight digits.
pin-show = Show what I type
pin-set = Set the PIN
pin-change = Change the PIN
pin-remove = Take the PIN away
pin-kept = Your PIN is set. It holds until you sign out.
pin-removed = No PIN any more.
pin-needs-network = This needs a connection to the server, once. Try again when you have signal.
pin-lock-now = Lock now
pin-limits = Countdowns go on while it is locked, and SOS stays. After five wrong PINs your password is asked for; nothing is lost.
lost-phone = Lost a phone? Tell your supervisor at once: they can have it signed out. Once it hears of that, its unsent work is locked. Until then, without a PIN, the work lies open to who holds the phone unlocked.
storage-safe = What is not sent yet is safe here: the browser keeps it.
storage-unsafe = The browser may clear this page’s storage when the phone is nearly full. Put the app on the home screen to keep it safe.
storage-used = It uses { $used } MB; { $free } MB are free.
app-version = Version { $version }
app-version-part = Version { $version }. Not all of it is on this phone yet: leave it open a moment while there is signal.
app-version-none = This browser does not keep the app: it needs a network to open.
install-title = Put it on your home screen
install-why = From there it opens at once, without signal too, and your phone may tell you of new work.
install-now = Add to the home screen
install-later = Not now; it is in the settings
install-apple-share = Tap Share, in Safari’s bar.
install-apple-add = Choose “Add to Home Screen”, then “Add”.
install-apple-open = Open OpenPatrol from the home screen and sign in there.
install-android = Open the browser’s menu and choose “Add to Home screen” or “Install app”.
install-other = Open this page on your phone to put it on its home screen.
install-done = It is on the home screen.

position-off = Your position is not taken.
position-waiting = Finding your position… If the phone asks, allow it.
position-on = Your position is shared with your supervisor while you are on shift.
position-denied = This phone does not give your position. Allow it in the browser’s site settings to be sent the nearest work; you can always say “I’m here” yourself.
position-lost = No position just now. You can always say “I’m here” yourself.
position-unsupported = This browser has no position. Say “I’m here” yourself when you arrive.
push-ask-title = May this phone tell you of new work?
push-ask-words = Then it buzzes when a car needs a look, also with the page closed. On a break, and while you observe, only what concerns safety or work in hand does. No plate and no name is ever in a message.
push-ask-later = Not now; it is in the settings
push-ask-trouble = Messages could not be set up just now. Try again in the settings; this page goes on checking.
push-on = This phone buzzes when there is something to do now.
push-off = This phone does not buzz yet. Keep this page open, or allow messages.
push-blocked = Messages are blocked for this site. Allow them in the browser’s site settings, then open this page again. Until then keep this page open: it asks every 15 s.
push-unsupported = This browser can’t show messages. Keep this page open: it goes on checking.
push-install = On this phone, first add the page to the home screen (Share, then Add to Home Screen) and open it from there.
push-allow = Allow messages
push-test = Send a test message
push-test-sent = A test message is on its way. If nothing shows within a minute, check that the phone is not silenced.
push-unread = Something has changed
push-unread-body = Open the page to see it.
push-trouble = Messages could not be set up. Try again later; this page goes on checking.
