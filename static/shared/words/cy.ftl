# OpenPatrol yn Gymraeg. Saif pob brawddeg dan yr un enw, ac yn yr un drefn, ag yn en.ftl. Ni ddarllenwyd hon eto gan
# siaradwr Cymraeg iaith gyntaf: dylai cyngor ei gwirio cyn ei defnyddio.

## Amserau, cyfnodau, pellteroedd

when-yesterday = ddoe { $at }
when-tomorrow = yfory { $at }
when-day = { $day } { $at }
period = { $from } tan { $to }
span-seconds = { $seconds } eiliad
span-minutes = { $minutes } mun
span-hours = { $hours } awr
span-hours-minutes = { $hours } awr { $minutes } mun
span-days = { $days ->
    [two] 2 ddiwrnod
   *[other] { $days } diwrnod
  }
age = { $span } yn ôl
age-now = newydd ddigwydd
until = ymhen { $span }
until-now = nawr
distance-metres = { $metres } m
distance-kilometres = { $kilometres } km
walk = { $minutes } mun ar droed

## Tasg

task-place = { $street }, bae { $reference }
task-place-spot = { $street }, { $reference }
task-over-limit = { $span } dros derfyn o { $limit }
task-for = { $why }, ers { $span }
task-first-look = Golwg gyntaf: daw ei amser i ben am { $at }
task-patrol = { $name }: { $minutes } mun
task-lawful-from = Cyfreithlon o { $at } · ymhen { $countdown }
task-lawful-unknown = Cyfreithlon o: yn hysbys ar ôl cyrraedd y gweinydd
task-lawful-now = Cyfreithlon nawr · ers { $at }
task-lawful-no-longer = Ddim yn gyfreithlon mwyach: daeth yr oriau i ben am { $at }
task-window = Byddwch yno tan { $at } · { $span } ar ôl
task-window-ended = Daeth y cyfnod i ben am { $at }
task-look = Golwg { $look } o { $looks }
task-looks-done = { $looks ->
    [one] Cofnodwyd yr olwg
    [two] Cofnodwyd y ddwy olwg
   *[other] Cofnodwyd pob un o’r { $looks } golwg
  }
hint-unseen = { $days ->
    [one] Dim byd brys: cerddwch ar hyd { $street }, nas gwelwyd ers diwrnod.
    [two] Dim byd brys: cerddwch ar hyd { $street }, nas gwelwyd ers deuddydd.
   *[other] Dim byd brys: cerddwch ar hyd { $street }, nas gwelwyd ers { $days } diwrnod.
  }
hint-never-seen = Dim byd brys: cerddwch ar hyd { $street }, nas gwelwyd eto.

state-visited = Ymwelwyd
state-called-off = Galwyd yn ôl
state-raised = Wedi’i godi, heb ei anfon eto
state-patrol = Patrôl
state-may-have-left = Efallai wedi gadael
state-within-time = O fewn ei amser
state-hours-ended = Oriau ar ben
state-over = Dros amser
state-lawful-now = Cyfreithlon nawr

work-waiting = Yn aros am swyddog
work-offered = Gofynnwyd i { $name }
work-accepted = Mae { $name } ar y ffordd
work-arrived = Mae { $name } yno
work-unsafe = Mae swyddog yn dweud nad yw’n ddiogel yno: chi sy’n penderfynu
work-escalated = Eich angen chi: ni chymerodd neb hi
work-an-officer = Swyddog
work-asked-somebody = swyddog
work-called-off = Galwyd yn ôl

## Yr hyn a ddywed y gweinydd

said-over-limit = Dros derfyn o { $limit }
said-first-look-limit = Golwg gyntaf: daw terfyn o { $limit } i ben cyn hir
said-first-look-suspended = Golwg gyntaf: caiff y bae ei atal dros dro
said-suspended = Wedi parcio mewn bae a ataliwyd
said-no-stay = Wedi parcio lle na chaniateir aros
said-span-both = { $hours } awr { $minutes } mun
said-span-hours = { $hours } awr
said-span-minutes = { $minutes } mun

said-harm-suspended = mewn bae a ataliwyd
said-harm-bus = yn blocio arhosfan bysiau
said-harm-school = yn blocio mynedfa ysgol
said-harm-loading = yn blocio bae llwytho
said-harm-taxi = yn blocio safle tacsis
said-harm-charging = yn blocio man gwefru
said-harm-car-club = yn blocio man clwb ceir
said-harm-permit = mewn lle deiliaid trwyddedau
said-first = mae’r ddesg yn gofyn am hwn yn gyntaf
said-likely = yn debygol o fod yno o hyd
said-may-be-gone = efallai wedi mynd erbyn cyrraedd
said-may-be-there = efallai yno o hyd
said-probably-gone = wedi mynd erbyn hynny, mae’n debyg
said-lawful-in = cyfreithlon ymhen { $minutes } mun
said-again = { $nth ->
    [ail] ail dro yma yr wythnos hon
   *[other] { $nth } tro yma yr wythnos hon
  }
said-many-times = { $times } o weithiau yma yr wythnos hon
said-waited = yn aros { $minutes } mun am swyddog
said-not-checked = hawliau heb eu gwirio
said-first-sighting = gwnaeth yr olwg gyntaf
said-only-one = yr unig un a all gyrraedd
said-nearest = yr agosaf o blith { $count }
said-nth-nearest = { $nth } agosaf o blith { $count }
said-number-nearest = rhif { $nth } o ran pellter o blith { $count }
said-more-there = { $count } arall ymhellach ymlaen
said-by-supervisor = Mae eich goruchwyliwr yn gofyn ichi fynd
said-none = dim un
said-one = un
said-two = dau
said-three = tri
said-four = pedwar
said-five = pump
said-six = chwech
said-seven = saith
said-eight = wyth
said-nine = naw
said-ten = deg
said-second = ail
said-third = trydydd
said-fourth = pedwerydd
said-fifth = pumed
said-sixth = chweched
said-seventh = seithfed
said-eighth = wythfed
said-ninth = nawfed
said-tenth = degfed

said-rights-not-checked = heb eu gwirio
said-rights-none = dim wedi’i ganfod ({ $provider })
said-rights-covered-by = { $covered } ({ $provider })
said-rights-covered-until = wedi’i gwmpasu gan { $what } tan { $until }
said-rights-covered = wedi’i gwmpasu gan { $what }
said-rights-no-answer = heb eu gwirio: nid atebodd { $provider }
said-rights-late = heb eu gwirio: nid atebodd { $provider } mewn pryd
said-covered-until = Wedi’i gwmpasu gan { $what } tan { $until }.
said-a-payment = taliad
said-a-permit = trwydded
said-a-dispensation = gollyngiad
said-a-loading-permit = trwydded lwytho
said-a-set-down-permit = trwydded i ollwng teithwyr
said-a-waiting-permit = trwydded aros
said-a-right = hawl

said-hours-ended = Mae’r oriau a reolir wedi dod i ben.
said-car-left = Mae’r car wedi gadael.
said-car-was-not-there = Dangosodd adroddiad hwyr nad oedd y car hwn yno.
said-clock-again = Bu’r bae’n wag am eiliad: mae’r cloc wedi ailddechrau.
said-within-time = Mae’r car o fewn ei amser wedi’r cyfan.
said-nobody-there = Nid oedd neb yno cyn i’r cyfnod ddod i ben.
said-patrol-changed = Newidiwyd y patrôl.
said-patrol-retired = Nid yw’r patrôl mewn defnydd mwyach.
said-bay-paused = Mae’r bae wedi’i oedi.
said-bay-retired = Nid yw’r bae mewn defnydd mwyach.
said-window-over = Mae’r cyfnod ar ben.
said-bad-hours = Ni ellir darllen ei oriau mwyach.

said-outcome-notice-served = Hysbysiad wedi’i gyflwyno
said-outcome-drove-away-before = Gyrrodd i ffwrdd cyn imi ddechrau’r hysbysiad
said-outcome-drove-away-after = Gyrrodd i ffwrdd ar ôl imi ddechrau’r hysbysiad
said-outcome-prevented = Wedi fy atal rhag cyflwyno
said-outcome-gone = Wedi mynd pan gyrhaeddais
said-outcome-advised = Cynghorwyd a symudodd
said-outcome-within-time = O fewn ei amser wedi’r cyfan
said-outcome-no-contravention = Dim tramgwydd wedi’r cyfan, neu wedi’i godi drwy gamgymeriad
said-outcome-patrolled = Wedi patrolio: dim wedi’i ganfod, neu ddim rhagor
said-outcome-right-seen = Gwelwyd trwydded, taliad neu fathodyn
said-outcome-loading = Llwytho: edrych eto’n nes ymlaen
said-outcome-broken-down = Wedi torri i lawr
said-outcome-empty = Bae gwag: mae’r synhwyrydd yn anghywir
said-outcome-signs = Arwyddion neu linellau diffygiol
said-outcome-not-reached = Ni ellir ei gyrraedd
said-outcome-unsafe = Ddim yn ddiogel yma
said-outcome-welfare = Yn poeni am rywun
said-outcome-incident = Digwyddiad

## Yr hyn a ddywed neges ar y ffôn

said-push-no-need = { $place } Dim angen mynd.
said-push-place = { $street }, bae { $bay }
said-push-place-ends = { $street }, bae { $bay }.
said-push-second-look = Eich ail olwg ar y car hwn
said-push-first-look = Golwg gyntaf: o fewn ei amser o hyd
said-push-over-both = { $hours } awr { $minutes } mun dros amser
said-push-over-hours = { $hours } awr dros amser
said-push-over = { $minutes } mun dros amser
said-push-lawful-from = cyfreithlon o { $at }
said-push-patrol = Patrôl sefydlog
said-push-until = tan { $at }
said-push-walk = { $metres } m ar droed
said-push-car-left = Mae’r car wedi gadael
said-push-may-have-left = Efallai fod y car wedi gadael
said-push-with-another = Swyddog arall sydd â hon nawr
said-push-called-off = Mae eich goruchwyliwr wedi galw hon yn ôl
said-push-test = Mae negeseuon yn cyrraedd y ffôn hwn
said-push-test-body = Bydd yn dirgrynu pan fydd rhywbeth i’w wneud nawr.
said-push-sos-seen = Gwelwyd eich SOS
said-push-sos-seen-body = Mae eich goruchwyliwr yn delio ag ef.
said-push-keep-away = Ddim yn ddiogel ger { $street }: cadwch draw
said-push-keep-away-body = Ni chaiff neb ei anfon yno nes i’ch goruchwyliwr ddweud.
said-push-check-in = Ydych chi’n iawn? Rhowch wybod nawr
said-push-check-in-body = Caiff eich goruchwyliwr ei rybuddio os na chlywir gennych.
said-push-message = Neges gan eich goruchwyliwr
said-push-message-body = Agorwch OpenPatrol i'w darllen.

said-found-why = Gwelwyd gan swyddog: { $gist }
said-missing-not-sighted = { missing-not-sighted }
said-missing-more-sightings = { missing-more-sightings }
said-missing-sightings = { missing-sightings }
said-missing-one-sighting = Mae angen un olwg arall.
said-missing-too-early = { missing-too-early }
said-missing-minutes = { missing-minutes }
said-missing-no-plate = { missing-no-plate }
said-missing-plates-differ = { missing-plates-differ }
said-missing-no-valves = { missing-no-valves }
said-missing-valves-differ = { missing-valves-differ }

## Yr hyn sydd ei angen cyn hysbysiad

missing-not-sighted = Nid yw’r car wedi’i weld eto.
missing-sightings = { $needed ->
    [one] Mae angen 1 olwg.
    [two] Mae angen 2 olwg.
   *[other] Mae angen { $needed } golwg.
  }
missing-more-sightings = { $lacking ->
    [one] Mae angen un olwg arall.
    [two] Mae angen dwy olwg arall.
   *[other] Mae angen { $lacking } golwg arall.
  }
missing-too-early = Roedd yr olwg ddiwethaf cyn y gallai hysbysiad fod yn gyfreithlon: edrychwch eto.
missing-minutes = Rhaid arsylwi’r car am { $minutes } mun; hyd yma, { $watched } mun.
missing-no-plate = Nid yw’r plât wedi’i gofnodi eto.
missing-plates-differ = Mae’r golygon o blatiau gwahanol.
missing-no-valves = Ni chofnodwyd lleoliad y falfiau bob tro yr edrychwyd.
missing-valves-differ = Mae lleoliad y falfiau’n wahanol: mae’r car wedi symud yn y cyfamser.

## Ffrâm yr ap

skip = Neidio at yr hyn sydd ymlaen nawr
tabs = Pedwar lle’r ap
tab-task = Tasg
tab-map = Map
tab-found = Canfod
tab-outbox = Allan
try-again = Ceisio eto
undo = Dadwneud
undo-too-late = Rhy hwyr: ni ellir ei dynnu’n ôl yma bellach.
update-ready = Mae fersiwn mwy newydd o’r ap yn barod.
update-now = Diweddaru nawr
recorded = Cofnodwyd.
recorded-closed = Cofnodwyd a chaewyd.

storage-full = Mae’r ffôn hwn yn llawn. Cedwir yr hyn a gofnodwch nawr tra bo’r dudalen hon ar agor, ac anfonir ef gyntaf: peidiwch â’i chau, a gwnewch le.
storage-trouble = Aeth rhywbeth o’i le ar y ffôn hwn. Mae’r hyn nas anfonwyd yma o hyd, a cheisir eto.
storage-none = Nid yw’r porwr hwn yn cadw dim, felly gallai eich gwaith fynd ar goll. Agorwch OpenPatrol mewn ffenestr gyffredin, neu gadewch iddo storio data.
storage-blocked = Mae gan ffenestr arall o OpenPatrol ar y ffôn hwn fersiwn hŷn o hyd. Caewch y ffenestr honno: bydd yr un hon wedyn yn agor ohoni’i hun.
storage-newer = Diweddarwyd OpenPatrol mewn ffenestr arall ar y ffôn hwn. Llwythwch yr un hon eto: nid oes dim wedi’i golli.
storage-reload = Llwytho eto
clock-ahead = Mae cloc eich ffôn { $span } ar y blaen. Cloc y gweinydd y mae OpenPatrol yn ei ddilyn.
clock-behind = Mae cloc eich ffôn { $span } ar ei hôl hi. Cloc y gweinydd y mae OpenPatrol yn ei ddilyn.
photo-lost = Nid yw’r llun ar y ffôn hwn mwyach.
photo-stuck = Nid yw’r gweinydd yn derbyn gweddill y llun ar hyn o bryd.

## Mewngofnodi, a’r cysylltiad â’r gweinydd

sign-in = Mewngofnodi
sign-in-email = E-bost
sign-in-password = Cyfrinair
sign-in-empty = Rhowch eich e-bost a’ch cyfrinair.
sign-in-wrong = Nid yw’r e-bost a’r cyfrinair hynny’n cyd-fynd. Gwiriwch y ddau, neu gofynnwch i’ch gweinyddwr am gyfrinair newydd.
sign-in-too-often = Gormod o geisiadau. Ceisiwch eto ymhen { $seconds } eiliad.
said-line-late = Ni atebodd y gweinydd mewn pryd. Ceisiwch eto.
said-line-none = Dim cysylltiad â’r gweinydd. Ceisiwch eto pan fydd gennych signal.
said-line-broken = Atebodd y gweinydd { $status }. Ceisiwch eto.
said-line-short = Torrwyd ateb y gweinydd yn fyr. Ceisiwch eto.
said-line-push = Nid atebodd gwasanaeth negeseuon y porwr hwn.
connection-connecting = Yn cysylltu…
connection-live = Byw
connection-checking = Dim ffrwd fyw: gwirio bob 15 eiliad
connection-none = Dim cysylltiad: efallai nad yw hyn yn gyfredol. Yn ceisio eto.

screen-not-kept = Nid yw’r rhan hon ar y ffôn eto. Daw cyn gynted ag y bydd signal.
phone-is-lost = Adroddwyd bod y ffôn hwn ar goll. Arhosa’r hyn a gofnodwch arno nes i’ch goruchwyliwr ddweud iddo gael ei ganfod. Mae SOS yn gweithio.

## Wrth y drws

door-trouble = Ni ellir agor y dudalen
door-not-officer = Tudalen i swyddogion yw hon
door-signed-in-as = Rydych wedi mewngofnodi fel { $name }.
door-to-desk = Mynd at y ddesg
door-unsent = { $steps ->
    [one] Mae un cam yn aros ar y ffôn hwn, dan glo. Caiff ei anfon pan fewngofnodwch eto.
    [two] Mae 2 gam yn aros ar y ffôn hwn, dan glo. Cânt eu hanfon pan fewngofnodwch eto.
    [few] Mae 3 cham yn aros ar y ffôn hwn, dan glo. Cânt eu hanfon pan fewngofnodwch eto.
    [many] Mae 6 cham yn aros ar y ffôn hwn, dan glo. Cânt eu hanfon pan fewngofnodwch eto.
   *[other] Mae { $steps } cam yn aros ar y ffôn hwn, dan glo. Cânt eu hanfon pan fewngofnodwch eto.
  }
door-unsent-others = { $steps ->
    [one] Mae un cam gan swyddog arall yn aros ar y ffôn hwn, dan glo. Caiff ei anfon pan fydd yn mewngofnodi.
    [two] Mae 2 gam gan swyddogion eraill yn aros ar y ffôn hwn, dan glo. Cânt eu hanfon pan fyddant yn mewngofnodi.
    [few] Mae 3 cham gan swyddogion eraill yn aros ar y ffôn hwn, dan glo. Cânt eu hanfon pan fyddant yn mewngofnodi.
    [many] Mae 6 cham gan swyddogion eraill yn aros ar y ffôn hwn, dan glo. Cânt eu hanfon pan fyddant yn mewngofnodi.
   *[other] Mae { $steps } cam gan swyddogion eraill yn aros ar y ffôn hwn, dan glo. Cânt eu hanfon pan fyddant yn mewngofnodi.
  }
pin-title = { $name }: eich PIN
pin-label = PIN
pin-open = Agor
pin-other = Rhywun arall ydw i
pin-back = { $name } ydw i: yn ôl at fy PIN
pin-wrong = { $left ->
    [0] Nid dyna’ch PIN. Mewngofnodwch â’ch cyfrinair nawr; nid oes dim wedi’i golli.
    [one] Nid dyna’ch PIN. Un cynnig arall, wedyn mewngofnodwch â’ch cyfrinair.
    [two] Nid dyna’ch PIN. Mae 2 gynnig ar ôl.
    [few] Nid dyna’ch PIN. Mae 3 chynnig ar ôl.
    [many] Nid dyna’ch PIN. Mae 6 chynnig ar ôl.
   *[other] Nid dyna’ch PIN. Mae { $left } cynnig ar ôl.
  }

## SOS

sos = SOS
sos-how = Daliwch am eiliad i alw am help, neu gwasgwch Enter ddwywaith.
sos-how-open = Yn dangos eich galwad am help.
sos-hold = I alw am help, daliwch SOS nes bod y bar yn llawn.
sos-again = { $left ->
    [one] Gwasgwch unwaith eto i alw am help.
    [two] Gwasgwch ddwywaith eto i alw am help.
   *[other] Gwasgwch { $left } gwaith eto i alw am help.
  }
sos-button-sending = SOS: yn anfon
sos-button-unreached = SOS: heb ei anfon
sos-button-signed-out = SOS: heb ei anfon
sos-button-sent = SOS: anfonwyd
sos-button-seen = SOS: gwelwyd
sos-button-taking-back = SOS: tynnu’n ôl
sos-title = Eich galwad am help
sos-sending = Yn cael ei hanfon… Nid yw wedi cyrraedd neb eto.
sos-unreached = NID yw hon wedi cyrraedd neb. Ffoniwch neu anfonwch neges destun yn lle hynny. Ceisir eto bob ychydig eiliadau.
sos-signed-out = NID yw hon wedi cyrraedd neb: mae’r ffôn wedi’i allgofnodi. Ffoniwch neu anfonwch neges destun. Caiff ei hanfon pan fewngofnodwch.
sos-sent = Anfonwyd am { $at }.
sos-sent-wait = Mae tudalen eich goruchwyliwr yn ei dangos. Cewch weld yma pan fydd rhywun wedi’i gweld.
sos-seen = Gwelodd eich goruchwyliwr hi am { $at }. Mae rhywun yn delio â hi.
sos-taking-back = Yn cael ei thynnu’n ôl… Nid oes ateb eto.
sos-taken-back = Tynnwyd yn ôl: doedd dim o’i le.
sos-taken-back-late = Nodwyd: doedd dim o’i le. Bydd eich goruchwyliwr yn holi er hynny, i fod yn siŵr.
sos-over = Mae eich goruchwyliwr wedi cau’r alwad hon.
sos-with-place = Anfonir eich lleoliad gyda hi, o fewn { $metres } m, ac mae’n eich dilyn tra bo’r dudalen hon ar agor.
sos-without-place = Nid oes lleoliad eto: dywedwch ble rydych chi pan ffoniwch.
sos-take-back = Doedd dim o’i le
sos-take-back-within = Am y { $countdown } nesaf mae hyn yn dod â’r alwad i ben ar unwaith; wedyn bydd eich goruchwyliwr yn holi beth bynnag.
sos-take-back-late = Bydd eich goruchwyliwr yn holi er hynny, i fod yn siŵr.
sos-call-again = Galw am help eto
sos-leave = Yn ôl i’r ap; mae’r alwad yn parhau
sos-close = Yn ôl i’r ap
sos-phone = Ffonio’r ystafell reoli: { $number }
sos-sms = Tecstio’r ystafell reoli: { $number }
sos-emergency-number = 999
sos-emergency = Ffonio { $number }
sos-no-numbers = Nid yw eich cyngor wedi rhoi rhif yr ystafell reoli.
# Yn ddwyieithog: rhaid i bwy bynnag sydd yn yr ystafell reoli ei ddeall.
sos-text = SOS gan { $name }, { $time }. Mae angen help arnaf. Ffoniwch fi. / I need help. Call me.
sos-text-at = SOS gan { $name }, { $time }. Angen help / I need help: { $lat }, { $lon } ({ $metres } m). Ffoniwch fi. / Call me.
sos-left = Galwodd { $name } am help ar y ffôn hwn, { $at }. Nid yw wedi cyrraedd NEB. Dywedwch wrth yr ystafell reoli.
sos-left-away = Rwyf wedi delio â hyn: ei gadw o’r neilltu
sos-limits-title = Yr hyn na all SOS ar y dudalen hon ei wneud
sos-limits = Ni ellir ei wasgu tra bo’r sgrin dan glo neu’r dudalen ar gau, ac ni all ddal i anfon bryd hynny chwaith. Nid yw’n gwneud sŵn ac nid yw’n galw’r gwasanaethau brys ei hun. Mae galwad frys eich ffôn yn gweithio o’r sgrin dan glo.
check-in-say = Rwy’n iawn
check-in-by = Cadarnhewch eich bod yn iawn erbyn { $at }, { $span } ar ôl
check-in-soon = Ydych chi’n iawn?
check-in-missed = Mae’n hwyr arnoch yn cadarnhau: caiff eich goruchwyliwr wybod. Ydych chi’n iawn?
check-in-saying = Yn cael ei anfon…
check-in-unreached = Nid yw hyn wedi cyrraedd neb eto. Ceisir am funud.
check-in-given-up = Ni chyrhaeddodd hyn neb. Efallai y caiff eich goruchwyliwr wybod eich bod yn dawel: ceisiwch eto, neu ffoniwch.
check-ins = Cadarnhau eich bod yn iawn
check-ins-none = Ni ofynnir am hyn
check-ins-every = Bob { $minutes } mun
check-ins-rule = Mae unrhyw beth a anfonwch yn cyfrif. Os na ddaw dim mewn pryd, mae’r gweinydd yn dweud wrth eich goruchwyliwr, hyd yn oed os yw’r ffôn hwn wedi marw. Dim ond goruchwyliwr all ei wneud yn llai aml.
check-ins-needs-network = Mae angen cysylltiad â’r gweinydd ar hyn. Ceisiwch eto pan fydd gennych signal.
offer-new = Newydd: { $place }.
offer-show = Ei dangos

## Sgrin y dasg

nothing-title = Dim i’w wneud nawr
nothing-words = Ewch ymlaen â’ch rownd. Cewch wybod yma pan fydd angen golwg ar gar.
switch = Popeth sydd ar y gweill gennych
card-offered = Newydd: allwch chi fynd?
card-accepted = Rydych ar eich ffordd
card-arrived = Rydych chi yma
card-found = Chi sy’n arsylwi hwn
card-accept = Rwy’n mynd
card-arrive = Rwyf yma
card-cannot = Methu
card-unsafe = Anniogel
card-answer-within = Atebwch o fewn { $countdown }
card-answer-late = Yn mynd at y swyddog nesaf…
card-may-have-left = Efallai fod y car wedi gadael, { $age }. Cewch wybod o fewn munud os yw.
card-may-have-left-here = Efallai fod y car wedi gadael, { $age }. Cofnodwch yr hyn a welwch.
card-why = Pam hwn: { $reasons }
card-why-next = hwn yw’r nesaf yma
card-then = Wedyn: { $place }
decline-too-far = Rhy bell
decline-busy = Rwy’n brysur
decline-break-due = Mae’n amser fy egwyl
decline-other = Rheswm arall
away = { $distance } · { $walk }
away-coarse = { $away }, { $accuracy } y naill ffordd neu’r llall
way-show = Ei ddangos ar y map
way-there = { $point ->
    [n] { $distance } i’r gogledd. Ei ddangos ar y map
    [ne] { $distance } i’r gogledd-ddwyrain. Ei ddangos ar y map
    [e] { $distance } i’r dwyrain. Ei ddangos ar y map
    [se] { $distance } i’r de-ddwyrain. Ei ddangos ar y map
    [s] { $distance } i’r de. Ei ddangos ar y map
    [sw] { $distance } i’r de-orllewin. Ei ddangos ar y map
    [w] { $distance } i’r gorllewin. Ei ddangos ar y map
   *[nw] { $distance } i’r gogledd-orllewin. Ei ddangos ar y map
  }
undo-declined = Mae’n mynd at y swyddog nesaf.
undo-unsafe = Anniogel: caiff eich goruchwyliwr wybod, ac ni chaiff neb ei anfon yno.
undo-closed = Caewyd.
undo-again = Heb ei gau: edrychir arno eto ymhen { $minutes } munud, gennych chi neu gan rywun arall.
undo-again-yours = Heb ei gau: byddwch yn edrych eto ymhen { $minutes } munud.
undo-within-time = Cofnodwyd. Os bydd y car yn aros, edrychir arno eto pan fydd ei amser ar ben.
undo-come-back = Byddwch yn dod yn ôl am yr olwg nesaf.
undo-misread = Wedi’i nodi fel camddarlleniad. Cofnodwch yr hyn a welwch.
next-offered = Newydd: allwch chi fynd?
next-look-in = Golwg { $number } ymhen { $countdown }
next-back = Yn ôl ymhen { $countdown }
next-look = { $number ->
    [one] Edrychwch nawr
   *[other] Golwg { $number } nawr
  }
next-ready = Gellir dechrau hysbysiad
next-serve = Dechreuwyd hysbysiad

## Wrth y car

look-title = Beth welwch chi
look-title-next = Golwg { $number }
look-title-wait = Wedi’i weld; daw’r olwg nesaf wedyn
look-title-done = Beth welsoch chi
look-next = Mae golwg { $number } yn bosibl am { $at }
look-another = Golwg arall
look-record = Cofnodi’r olwg hon
look-recorded = Cofnodwyd yr olwg.
look-without-plate = plât heb ei ddarllen
look-valves = blaen { $front }, ôl { $rear }
look-photos = { $count ->
    [one] 1 llun
    [two] 2 lun
   *[other] { $count } llun
  }
look-photos-waiting = { $count ->
    [one] Cofnodwyd; mae 1 llun yn aros i’w anfon
    [two] Cofnodwyd; mae 2 lun yn aros i’w hanfon
   *[other] Cofnodwyd; mae { $count } llun yn aros i’w hanfon
  }
look-misread = Fe’i camddarllenais
look-misread-at = Wedi’i chamddarllen, fel y dywedoch am { $at }: nid yw’n cyfrif ers hynny
look-before-end = { $photos ->
    [0] Cofnodwyd yr hyn a lenwoch fel golwg yn gyntaf.
    [one] Cofnodwyd yr hyn a lenwoch fel golwg yn gyntaf, gydag 1 llun.
   *[other] Cofnodwyd yr hyn a lenwoch fel golwg yn gyntaf, gyda { $photos } llun.
  }
look-unsent = Cofnodwyd ar y ffôn hwn, yn aros i’w hanfon
look-sent = Gyda’r gweinydd
look-added = Ychwanegwyd: { $text }
look-add = Ychwanegu nodyn
look-add-what = Beth hoffech ei ychwanegu at yr olwg hon?
look-add-record = Ychwanegu
look-empty = Cofnodwch y plât, lleoliad y falfiau, llun neu nodyn: nid yw golwg wag yn profi dim.
look-one-valve = Rhowch leoliad y ddwy falf, neu’r un ohonynt.
look-no-plate = Ysgrifennwch y plât mewn 2 i 10 o lythrennau A i Z a rhifau. Rhowch yr hyn na ellir ei deipio yn y nodyn.
come-back = Dod yn ôl am olwg arall
plate = Plât rhif
plate-odd = Nid yw’n edrych fel plât o’r DU: gwiriwch ef. Mae platiau tramor yn iawn.
plate-is-it = Ai { $plate } yw hwn?
plate-as-before = Fel ar eich golwg o’r blaen. Ai’r un car yw hwn?
plate-another = Plât gwahanol i’r un o’r blaen: { $plate } oedd hwnnw.
valves = Lleoliad y falfiau, fel ar gloc: 12 sydd ar y brig
valve-front = Blaen: { $at }
valve-rear = Ôl: { $at }
valve-front-where = Ble mae’r falf flaen?
valve-rear-where = Ble mae’r falf ôl?
valve-at = { $hour } o’r gloch
valve-not-seen = heb ei gweld
note = Nodyn
note-phrases = Ymadroddion i’w rhoi i mewn
phrase-nobody = Neb yn y cerbyd nac yn agos ato.
phrase-driver = Gyrrwr yn bresennol.
phrase-badge = Dim bathodyn glas i’w weld.
phrase-loading = Ni welwyd llwytho na dadlwytho.
phrase-ticket = Dim tocyn na thrwydded i’w gweld.
phrase-signs = Arwyddion a llinellau’n glir ac yn gywir.
phrase-tinted = Ffenestri tywyll: ni ellir gweld y tu mewn.
photo-take = Tynnu llun
photo-choose = Dewis llun
photo-chosen-mark = dewiswyd
photo-chosen = { $count ->
    [one] Dewiswyd 1 llun o luniau’r ffôn: amser y ffeil yw’r amser.
   *[other] Dewiswyd { $count } llun o luniau’r ffôn: amserau’r ffeiliau yw’r amserau.
  }
photo-keeping = Yn cadw’r llun…
photo-count = { $count ->
    [0] Dim llun
    [one] 1 llun o { $most }
    [two] 2 lun o { $most }
   *[other] { $count } llun o { $most }
  }
photo-most = { $most } llun ar y mwyaf sydd gan olwg. Cofnodwch yr olwg hon, yna gwnewch un arall.
photo-same = Mae’r llun hwn gennych eisoes.
photo-full = Mae storfa’r ffôn hwn yn llawn: ni chadwyd y llun. Mae popeth arall a gofnodwyd gennych yn ddiogel. Anfonwch yr hyn sy’n aros, yna ceisiwch eto.
photo-unreadable = Ni ellir darllen y llun hwn. Tynnwch ef eto, neu dewiswch un a dynnwyd gan gamera’r ffôn ei hun; mae golwg heb luniau’n cyfrif hefyd.
photo-remove = Tynnu llun { $number } i ffwrdd
photo-removed = Tynnwyd y llun i ffwrdd.
rights-asking = Yn holi am drwydded neu daliad…
rights-none = Dim trwydded na thaliad, am { $at }
rights-covered = Wedi’i gwmpasu: { $what }, am { $at }
rights-covered-until = Wedi’i gwmpasu tan { $until }: { $what }, am { $at }
rights-a-right = hawl i sefyll yma
rights-unknown = Trwydded neu daliad ddim yn hysbys, am { $at }: { $reason }
rights-no-signal = Heb wirio trwydded na thaliad am { $at }: dim signal
rights-not-checked = Heb wirio trwydded na thaliad, am { $at }
notice-title = Hysbysiad
notice-lacking = Cyn hysbysiad:
notice-ready = Mae’r dystiolaeth yn gyflawn.
notice-begin = Dechrau hysbysiad
notice-now-begun = Dechreuwyd yr hysbysiad.
notice-begun = Dechreuoch yr hysbysiad am { $at }.
notice-number = Rhif yr hysbysiad
notice-number-help = Fel y mae eich dyfais law yn ei argraffu, os yw’n gwneud.
notice-served = Hysbysiad wedi’i gyflwyno
notice-not-yet = Ni ellir cofnodi hyn eto fel hysbysiad a gyflwynwyd.
notice-papered = Mae’r papur ar y car: dweud wrth y goruchwyliwr
paper-reference = Hysbysiad ar y car: { $number }
paper-no-number = Hysbysiad ar y car, heb rif
undo-papered = Fe’i cedwir ar gyfer eich goruchwyliwr, a chaiff wybod. Daw’r ymweliad i ben fel digwyddiad.
missing-clock = Bydd yn hysbys pryd y gallai hysbysiad fod yn gyfreithlon pan fydd yr arsylwad hwn wedi cyrraedd y gweinydd.
end-title = Sut y daeth i ben
outcome-more = Rhagor
another-contravention = Tramgwydd gwahanol i hwn?
another-beside = Arsylwir arno ochr yn ochr â’r dasg hon, sy’n aros yn eich dwylo nes ichi ddweud sut y daeth i ben.
outcome-unsafe = Ddim yn ddiogel yma
outcome-which = Pa un a welwyd?
outcome-permit = Trwydded
outcome-payment = Taliad
outcome-badge = Bathodyn glas
outcome-minutes = Edrych eto ymhen sawl munud?
outcome-reference = Cyfeirnod y digwyddiad
outcome-began = Pryd dechreuoch chi’r hysbysiad?
outcome-record = Cofnodi a chau
typed-not-kept = Mae storfa’r ffôn hwn yn llawn: ni chedwir yr hyn a deipiwch arno nes iddo gael ei gofnodi.

## Y blwch allan

outbox-title = Blwch allan
outbox-empty = Mae popeth wedi’i anfon.
outbox-wait = I’w hanfon: { $steps ->
    [one] 1 cam
    [two] 2 gam
    [few] 3 cham
    [many] 6 cham
   *[other] { $steps } cam
  }{ $photos ->
    [0] {""}
    [one] {""} ac 1 llun
    [two] {""} a 2 lun
   *[other] {""} a { $photos } llun
  }, { $size }.
outbox-need-you = { $steps ->
    [one] Mae angen eich sylw ar 1.
   *[other] Mae angen eich sylw ar { $steps }.
  }
outbox-unreadable = { $steps ->
    [one] Mae 1 cam ar y ffôn hwn dan glo gan hen allwedd i chi: gofynnwch i’ch gweinyddwr.
    [two] Mae 2 gam ar y ffôn hwn dan glo gan hen allwedd i chi: gofynnwch i’ch gweinyddwr.
    [few] Mae 3 cham ar y ffôn hwn dan glo gan hen allwedd i chi: gofynnwch i’ch gweinyddwr.
    [many] Mae 6 cham ar y ffôn hwn dan glo gan hen allwedd i chi: gofynnwch i’ch gweinyddwr.
   *[other] Mae { $steps } cam ar y ffôn hwn dan glo gan hen allwedd i chi: gofynnwch i’ch gweinyddwr.
  }
outbox-loose = Mae’r ffôn hwn yn llawn: cadwch y dudalen hon ar agor nes bod popeth wedi’i anfon.
outbox-in-touch = Mewn cysylltiad â’r gweinydd.
outbox-may-clear = Gall y ffôn hwn glirio gwaith nas anfonwyd pan fydd bron yn llawn: anfonwch ef yn fuan.
outbox-last-contact = Cysylltiad diwethaf am { $at }.
outbox-no-contact = Dim cysylltiad â’r gweinydd eto.
outbox-send-now = Anfon nawr
outbox-sending = Yn anfon…
outbox-sent-now = Mae popeth wedi’i anfon.
outbox-not-now = Nid oedd modd anfon popeth. Fe’i cedwir, ac â ohono’i hun pan fydd signal.
outbox-needs = { $steps ->
    [one] Angen eich sylw
   *[other] Angen eich sylw ({ $steps })
  }
outbox-waits = Yn aros i’w hanfon
outbox-sent = Anfonwyd heddiw
outbox-more = { $steps ->
    [one] Ac 1 arall.
   *[other] A { $steps } arall.
  }
outbox-storage = Mae’r ap hwn yn defnyddio { $used } o’r { $quota } a ganiateir iddo.
size-kb = { $kilobytes } KB
size-mb = { $megabytes } MB
size-gb = { $gigabytes } GB
step-accept = Rwy’n mynd
step-decline = Ni allaf fynd
step-arrive = Rwyf yma
step-sighting = Yr hyn a welais
step-misread = Camddarllenais olwg
step-addendum = Rhywbeth i’w ychwanegu
step-preparation = Dechreuais yr hysbysiad
step-look-again = Dof yn ôl am ail olwg
step-outcome = Sut y daeth i ben
step-papered = Hysbysiad ar y car, i’r goruchwyliwr
step-found = Car y des i o hyd iddo
step-photo = Llun
step-shift-start = Dechreuais fy shifft
step-shift-end = Gorffennais fy shifft
step-briefing = Darllenais y briff
step-other = Rhywbeth a wnes
step-waits = yn aros am signal ers { $since }
step-next = nesaf i’w anfon
step-tried = { $tries ->
    [one] yn aros am signal ers { $since }, un cynnig
    [two] yn aros am signal ers { $since }, 2 gynnig
    [few] yn aros am signal ers { $since }, 3 chynnig
    [many] yn aros am signal ers { $since }, 6 chynnig
   *[other] yn aros am signal ers { $since }, { $tries } cynnig
  }
step-tried-live = { $tries ->
    [one] yn cael ei anfon
   *[other] yn cael ei anfon, cynnig { $tries }
  }
step-can-be-undone = gellir ei ddadwneud o hyd: { $countdown }
step-behind = yn aros nes ichi benderfynu am “{ $what }”
step-arrived = cyrhaeddodd am { $at }
photo-arrived = Faint o’r llun sydd wedi cyrraedd
photo-progress = { $received } o { $size }
needs = Angen eich sylw: “{ $what }”
needs-at = Angen eich sylw: “{ $what }”, { $where }
needs-more = { $steps ->
    [one] ac 1 arall
   *[other] a { $steps } arall
  }
refused-yours = Yr hyn a gofnodwyd gennych
refused-now = Y dasg nawr
refused-behind = { $steps ->
    [one] Mae 1 cam arall o’r dasg hon yn aros am eich penderfyniad.
    [two] Mae 2 gam arall o’r dasg hon yn aros am eich penderfyniad.
    [few] Mae 3 cham arall o’r dasg hon yn aros am eich penderfyniad.
    [many] Mae 6 cham arall o’r dasg hon yn aros am eich penderfyniad.
   *[other] Mae { $steps } cam arall o’r dasg hon yn aros am eich penderfyniad.
  }
refused-kept = Cedwir yr hyn a gofnodwyd gennych ar gyfer eich goruchwyliwr.
refused-only-here = Dim ond y ffôn hwn sydd â hyn, a’r hyn sy’n aros y tu ôl iddo. Anfonwch ef eto, neu ewch ag ef gyda chi mewn un ffeil, isod.
refused-again = Anfon eto
refused-fix = Cywiro ac anfon
refused-anew = Dweud eto sut y daeth i ben
refused-sign-anew = Edrych dros y cofnod eto
refused-leave-all = Gadael y cwbl i’r goruchwyliwr
refused-leave = Gadael i’r goruchwyliwr
refused-drop = Gollwng
undo-left = Fe’i cedwir ar gyfer eich goruchwyliwr.
undo-dropped = Ni chaiff ei anfon.
field-what = Beth
field-when = Pryd
field-code = Cod y tramgwydd
field-plate = Plât rhif
field-valves = Falfiau
field-valve-front = Falf flaen, 1 i 12
field-valve-rear = Falf ôl, 1 i 12
field-photos = Lluniau
field-note = Nodyn
field-text = Testun
field-minutes = Munudau
field-reference = Cyfeirnod
field-which = Pa un
field-state = Ei sefyllfa
field-car = Y car
field-may-have-left = Efallai wedi gadael
field-looks = Golygon
field-ended = Daeth i ben
export-title = Mynd ag ef gyda chi
export-words = { $steps ->
    [one] Un ffeil gydag 1 cam
    [two] Un ffeil gyda 2 gam
    [few] Un ffeil gyda 3 cham
    [many] Un ffeil gyda 6 cham
   *[other] Un ffeil gyda { $steps } cam
  }{ $photos ->
    [0] {""}
    [one] {""} ac 1 llun
    [two] {""} a 2 lun
   *[other] {""} a { $photos } llun
  }, tua { $size }, y gall unrhyw un ei darllen: platiau, nodiadau, lleoedd, amserau. I’ch goruchwyliwr, os na all y ffôn hwn anfon.
export-download = Cadw’r ffeil
export-share = Ei rhannu
export-not-shared = Ni rannwyd dim. Cadwch y ffeil yn lle hynny.

## Y diwrnod

day-title = Eich diwrnod
shift-none = Dim shifft
shift-planned = Ddim ar shifft
shift-available = Ar batrôl
shift-observing = Yn arsylwi
shift-serving = Yn cyflwyno hysbysiad
shift-with-public = Gyda rhywun
shift-incident = Mewn digwyddiad
shift-break = Ar egwyl
shift-ended = Shifft ar ben
shift-not-on = Nid ydych ar shifft.
shift-no-zone = dim parth eto
shift-to-available = Yn ôl ar batrôl
shift-to-break = Cymryd egwyl
shift-to-with-public = Rwyf gyda rhywun
shift-to-observing = Rwy’n arsylwi
shift-to-serving = Rwy’n cyflwyno hysbysiad
shift-to-incident = Bu digwyddiad
shift-end = Gorffen fy shifft
shift-start = Dechrau fy shifft
shift-since = ers { $from }
shift-since-until = ers { $from }, tan { $until }
shift-in-zones = Parthau: { $zones }
shift-ask-for-zone = Dim parth eto: gofynnwch i’ch goruchwyliwr bennu un.
desk-message = Oddi wrth y ddesg · { $who } · { $at }
desk-message-read = Rwyf wedi ei darllen
zones-changed = Mae gennych barthau eraill nawr: { $zones }.
zones-gone = Nid oes gennych barth mwyach: gofynnwch i’ch goruchwyliwr.
shift-none-title = Nid oes shifft wedi’i chynllunio ichi
shift-none-words = Gofynnwch i’ch goruchwyliwr gynllunio eich shifft a’i pharthau. Bydd yn ymddangos yma ohoni’i hun.
shift-planned-title = Eich shifft
shift-position = Tra byddwch ar shifft, a heb fod ar egwyl, defnyddir eich lleoliad i anfon y gwaith agosaf atoch.
shift-break-words = Ni ddaw gwaith newydd, ac ni chymerir eich lleoliad. Dim ond yr hyn sy’n ymwneud â diogelwch neu â gwaith sydd ar y gweill gennych fydd yn dirgrynu.
shift-paused-words = Ni ddaw gwaith newydd nes ichi ddod yn ôl. Dim ond yr hyn sy’n ymwneud â diogelwch neu â gwaith sydd ar y gweill gennych fydd yn dirgrynu.
shift-ended-words = Gorffennoch am { $at }. Edrychwch dros log eich diwrnod a’i lofnodi.
shift-leave-phone = Gadael y ffôn hwn i’r swyddog nesaf
shift-leave-phone-words = Mae hyn yn eich allgofnodi. Mae’r hyn sydd heb ei anfon yn aros ar y ffôn, dan glo.
shift-busy-for = Rwyf gyda rhywun, am tua
look-again = Edrych eto
briefing-title = Briff
briefing-read = Darllen y briff
briefing-again = Gweld y briff eto
briefing-is-unread = i’w ddarllen
briefing-is-changed = wedi newid ers ichi ei ddarllen
briefing-is-read = wedi’i ddarllen
briefing-hazards = Cymerwch ofal
briefing-notes = I’w wybod
briefing-days = Diwrnod arbennig
briefing-suspensions = Baeau a ataliwyd
briefing-patrols = Patrolau y gofynnir amdanynt
briefing-nothing = Nid oes dim arbennig yn hysbys am eich parthau heddiw.
briefing-unsafe-street = { $street }, { $metres } m o’i chwmpas:
briefing-since = ers { $at }
briefing-equipment = Eich offer
briefing-all-in-order = Mae’r cyfan mewn trefn
briefing-ok = Mewn trefn
briefing-fault = Ddim mewn trefn
briefing-what = Beth sydd o’i le
briefing-say = Rwyf wedi’i ddarllen
briefing-say-again = Dweud eto
briefing-thanks = Diolch: cofnodwyd.
briefing-unheard = Ni lwythwyd y briff erioed ar y ffôn hwn. Daw pan fydd signal; gallwch ddechrau hebddo.
briefing-loading = Yn llwytho’r briff…
log-title = Log eich shifft
log-look-over = Edrych dros y log a’i lofnodi
log-shift = O { $from }, am { $span }
log-lacks = { $steps ->
    [one] Rhaid anfon un cam cyn bod y log yn gyflawn.
    [two] Rhaid anfon 2 gam cyn bod y log yn gyflawn.
    [few] Rhaid anfon 3 cham cyn bod y log yn gyflawn.
    [many] Rhaid anfon 6 cham cyn bod y log yn gyflawn.
   *[other] Rhaid anfon { $steps } cam cyn bod y log yn gyflawn.
  }
log-to-outbox = Gweld y blwch allan
log-unheard = Daw’r log o’r gweinydd.
log-loading = Yn llwytho’r log…
log-count-attended = Ymweliadau
log-count-notices = Hysbysiadau a gyflwynwyd
log-count-called-off = Galwyd yn ôl tra’n eiddo ichi
log-count-raised = Codwyd gennych chi
log-count-breaks = Egwyliau
log-breaks = { $breaks }, { $span }
log-sign-words = Mae eich enw oddi tano’n dweud: dyma a wnes i. Ni ellir ei newid wedyn.
log-name = Eich enw
log-name-missing = Teipiwch eich enw i lofnodi.
log-sign = Llofnodi’r log
log-signing = Llofnodwyd ar y ffôn hwn. Caiff ei anfon pan fydd signal.
log-signed = Llofnodwyd am { $at }
step-log-sign = Llofnodais fy log
step-message-read = Darllenais neges gan y ddesg
undo-end = Yn gorffen eich shifft.{ $tasks ->
    [0] {""}
   *[other] {""} Mae eich tasg yn mynd at rywun arall.
  }{ $observed ->
    [0] {""}
    [one] {""} Mae’r car yr ydych yn ei arsylwi o’ch pen eich hun yn dod i ben gyda hi.
   *[other] {""} Mae popeth ({ $observed }) yr ydych yn ei arsylwi o’ch pen eich hun yn dod i ben gyda hi.
  }

## Y map

map-title = Map
map-region = Map o’ch parthau: symudwch ef â’r bysellau saeth, chwyddwch â phlws a minws. Mae’r un lleoedd yn y rhestr.
map-as = Dangos fel
map-as-map = Map
map-as-list = Rhestr
map-go-in = +
map-go-out = −
map-go-me = Fi
map-go-work = Tasg
map-no-shift = Nid oes shifft wedi’i chynllunio ichi, felly nid oes map eto.
map-no-zones = Nid oes parth gan eich shifft eto: gofynnwch i’ch goruchwyliwr bennu un.
map-never-loaded = Ni lwythwyd y map erioed ar y ffôn hwn. Daw pan fydd signal.
map-loading = Yn llwytho’r map…
map-no-library = Ni ellir llunio’r map ar hyn o bryd. Dyma restr o’r un lleoedd.
map-me = Rydych chi yma, o fewn { $metres } m, { $age }.
map-me-none = Nid yw eich lleoliad yn hysbys ar hyn o bryd.
map-me-waiting = Yn canfod eich lleoliad…
map-me-denied = Nid yw’r ffôn hwn yn rhoi eich lleoliad: caniatewch ef yng ngosodiadau gwefan y porwr.
map-me-unsupported = Nid yw’r porwr hwn yn rhoi lleoliad.
map-me-off = Dim ond ar shifft y cymerir eich lleoliad.
map-no-marks = Ni chlywyd eto sut mae’r baeau.
map-old-marks = Sut oedd y baeau am { $at }, { $age }.
map-unsafe = { $count ->
    [one] Mae un lle’n anniogel: ni chaiff neb ei anfon yno.
    [two] Mae 2 le’n anniogel: ni chaiff neb ei anfon yno.
   *[other] Mae { $count } lle’n anniogel: ni chaiff neb ei anfon yno.
  }
map-legend = Ystyr y siapiau
map-legend-me = Chi: mae’r cylch yn pylu wrth i’r lleoliad fynd yn hŷn
map-legend-unsafe = Anniogel: ni chaiff neb ei anfon yno
map-away = { $distance } oddi wrthych
map-suspended = Wedi’i atal
map-paused = Allan o ddefnydd: arwyddion neu linellau
map-observe = Arsylwi hwn
map-to-task = Mynd at eich tasg
open-in-maps = Agor mewn mapiau
close = Cau
mark-lawful = Cyfreithlon nawr
mark-over = Dros ei amser
mark-may-have-left = Efallai wedi gadael
mark-occupied = Car o fewn ei amser
mark-free = Gwag
mark-suspended = Wedi’i atal
mark-unknown = Ddim yn hysbys
mark-done = Ymwelwyd
mark-ended = Galwyd yn ôl
mark-officer = Patrôl
mark-for = { $word } · ers { $span }
mark-as-of = { $word } am { $at }
list-search = Stryd neu fae
list-count = { $count ->
    [0] Dim lle felly ar eich map.
    [one] Un lle
    [two] 2 le
   *[other] { $count } lle
  }
list-more = Dangos rhagor
list-yours = Eich gwaith
list-calling = Dros eu hamser
list-others = Baeau eraill

## Canfod, blwch allan, gosodiadau

found-title = Beth rydych yn ei arsylwi
found-nothing = Nid ydych yn arsylwi dim o’ch rhan eich hun ar hyn o bryd.
found-why = Gwelwyd gan swyddog: { $gist }
found-new = Arsylwad newydd
found-where = Ble mae’r car?
found-what = Beth mae’n ei wneud yno?
found-begin = Dechrau arsylwi
found-back = Yn ôl at eich arsylwadau
found-no-place = Dywedwch ble mae’r car: bae, neu stryd a ble ynddi.
found-no-position = Nid yw’r ffôn hwn yn gwybod ble mae, ac mae angen hynny ar le nad yw’n fae. Dewiswch fae, neu caniatewch y lleoliad yng ngosodiadau gwefan y porwr.
found-no-code = Dewiswch beth mae’n ei wneud yno.
found-not-on-shift = Nid ydych ar shifft: dechreuwch hi gyntaf.
bay-search = Bae neu stryd
bay-nearest = Agosaf atoch
bay-no-map = Ni lwythwyd y map erioed ar y ffôn hwn, felly nid oes baeau i ddewis ohonynt. Dywedwch ble mae’r car mewn geiriau.
bay-not-found = Dim bae felly ar eich map.
bay-none = Nid mewn bae
bay-other = Lle arall
spot-street = Stryd
spot-where = Ble ynddi
spot-help = Er enghraifft: y tu allan i’r becws, gyferbyn â rhif 12
spot-bay = Mae mewn bae
code-search = Tramgwydd: rhif neu eiriau
code-none-known = Ni lwythwyd y rhestr erioed ar y ffôn hwn. Daw pan fydd signal.
code-recent = Y rhai diweddar yn gyntaf. Am y lleill, teipiwch rif neu eiriau.
code-first = Y rhai cyntaf ar y rhestr. Am y lleill, teipiwch rif neu eiriau.
code-count = { $count ->
    [0] Dim byd felly yn y rhestr.
   *[other] Canfuwyd { $count }
  }
code-other = Un arall
code-suffix = Ôl-ddodiad
code-no-suffix = Dim
visits-title = Daeth i ben heddiw
visits-none = Nid oes ymweliad wedi dod i ben eto.
visit-unsent = Heb ei anfon eto
visit-no-looks = Ni chofnodwyd dim yn hwn.
card-needs-you = Mae angen eich sylw ar ran o hwn: edrychwch yn y blwch allan.
settings-title = Y ffôn hwn
sign-out = Allgofnodi
sign-out-unsent = { $steps ->
    [0] Mae popeth wedi’i anfon.
    [one] Nid yw un cam wedi’i anfon eto. Mae’n aros ar y ffôn hwn, dan glo, a chaiff ei anfon pan fewngofnodwch eto.
    [two] Nid yw 2 gam wedi’u hanfon eto. Maent yn aros ar y ffôn hwn, dan glo, a chânt eu hanfon pan fewngofnodwch eto.
    [few] Nid yw 3 cham wedi’u hanfon eto. Maent yn aros ar y ffôn hwn, dan glo, a chânt eu hanfon pan fewngofnodwch eto.
    [many] Nid yw 6 cham wedi’u hanfon eto. Maent yn aros ar y ffôn hwn, dan glo, a chânt eu hanfon pan fewngofnodwch eto.
   *[other] Nid yw { $steps } cam wedi’u hanfon eto. Maent yn aros ar y ffôn hwn, dan glo, a chânt eu hanfon pan fewngofnodwch eto.
  }
sign-out-going = Yn allgofnodi…
sign-out-going-words = Anfonir yr hyn sy’n aros yn gyntaf, cyn belled ag y bo modd.
sign-out-unheard = Dim cysylltiad i allgofnodi
sign-out-unheard-words = Os allgofnodwch nawr, ni all neb fewngofnodi ar y ffôn hwn nes bod signal, na chithau chwaith. Mae’r hyn sydd heb ei anfon yn aros arno, dan glo.
sign-out-unheard-pin = Clowch ef yn lle hynny: mae eich PIN yn ei agor eto, hefyd heb signal.
sign-out-unheard-no-pin = Nid oes PIN i gloi’r dudalen hon. Arhoswch wedi mewngofnodi, a chlowch y ffôn ei hun.
sign-out-stay = Aros wedi mewngofnodi
sign-out-anyway = Allgofnodi er hynny

set-group-looks = Sut mae’n edrych
set-group-signals = Negeseuon, sain, lleoliad
set-group-safety = SOS
set-group-lock = PIN a chlo
set-group-install = Ar y sgrin gartref
set-group-app = Storfa a fersiwn
set-text = Maint y testun
set-text-100 = Arferol
set-text-125 = Mwy
set-text-150 = Mawr
set-text-200 = Mwyaf
set-theme = Golau neu dywyll
set-theme-phone = Fel y ffôn
set-theme-light = Golau
set-theme-dark = Tywyll
set-theme-time = Tywyll yn y nos
set-night = Nos yma: { $from } tan { $to }, o fachlud haul i godiad haul.
set-night-unknown = Nos: 19:00 tan 07:00 nes bod lleoliad yn hysbys; wedyn o fachlud haul i godiad haul yno.
set-contrast = Cyferbyniad
set-contrast-phone = Fel y ffôn
set-contrast-more = Uchel
set-motion = Symudiad
set-motion-phone = Fel y ffôn
set-motion-less = Dim
set-language = Iaith
set-language-phone = Fel y ffôn
set-vibration = Dirgrynu
set-vibration-on = Ymlaen
set-vibration-off = I ffwrdd
set-sound = Sain
set-sound-on = Ymlaen
set-sound-off = I ffwrdd
set-try = Rhowch gynnig ar sut mae’n teimlo ac yn swnio:
signal-offer = Gwaith newydd
signal-check-in = Ydych chi’n iawn?
signal-holding = Dal SOS
set-awake = Cadw’r sgrin ymlaen tra bo’r amser yn cyfrif i lawr
set-awake-off = Na
set-awake-on = Ie
set-awake-hint = Mae’n defnyddio’r batri. Daw i ben gyda’r cyfrif, a phan gaiff y ffôn ei roi o’r neilltu.
set-sos = I alw am help
set-sos-hold = Dal SOS
set-sos-taps = Ei ddal, neu dapio deirgwaith
set-lock = Gofyn am y PIN pan fu’r ffôn o’r neilltu am
set-lock-1 = 1 mun
set-lock-5 = 5 mun
set-lock-15 = 15 mun
set-lock-never = Dim ond wrth agor y dudalen
pin-is-set = Mae PIN yn cloi’r ffôn hwn ichi.
pin-is-not-set = Dim PIN: gall pwy bynnag sydd â’r ffôn heb ei gloi agor y dudalen hon.
pin-wanted = Dewiswch PIN yn gyntaf
pin-wanted-words = Mae eich cyngor am gael PIN ar y ffôn hwn. Mae’n cadw eich gwaith dan glo pan fydd y ffôn heb neb wrtho; mae SOS yn aros.
pin-later = Mynd ymlaen heb PIN am y tro
pin-choose = Dewis PIN
pin-new = PIN newydd
pin-rule = Pedwar i wyth digid.
pin-rule-broken = Mae gan PIN bedwar i wyth digid.
pin-show = Dangos yr hyn rwy’n ei deipio
pin-set = Gosod y PIN
pin-change = Newid y PIN
pin-remove = Dileu’r PIN
pin-kept = Mae eich PIN wedi’i osod. Bydd yn para nes ichi allgofnodi.
pin-removed = Dim PIN mwyach.
pin-needs-network = Mae angen cysylltiad â’r gweinydd ar hyn, unwaith. Ceisiwch eto pan fydd gennych signal.
pin-lock-now = Cloi nawr
pin-limits = Mae’r amserau’n dal i gyfrif i lawr tra bydd dan glo, ac mae SOS yn aros. Ar ôl pum PIN anghywir gofynnir am eich cyfrinair; nid oes dim yn cael ei golli.
lost-phone = Wedi colli ffôn? Dywedwch wrth eich goruchwyliwr ar unwaith: gall drefnu ei allgofnodi. Unwaith y clyw’r ffôn am hynny, mae’r gwaith nas anfonwyd dan glo. Tan hynny, heb PIN, mae’r gwaith yn agored i bwy bynnag sydd â’r ffôn heb ei gloi.
storage-safe = Mae’r hyn nas anfonwyd eto’n ddiogel yma: mae’r porwr yn ei gadw.
storage-unsafe = Gall y porwr glirio storfa’r dudalen hon pan fydd y ffôn bron yn llawn. Rhowch yr ap ar y sgrin gartref i’w gadw’n ddiogel.
storage-used = Mae’n defnyddio { $used } MB; mae { $free } MB yn rhydd.
app-version = Fersiwn { $version }
app-version-part = Fersiwn { $version }. Nid yw’r cyfan ar y ffôn hwn eto: gadewch ef ar agor am eiliad tra bo signal.
app-version-none = Nid yw’r porwr hwn yn cadw’r ap: mae angen rhwydwaith i’w agor.
install-title = Rhowch ef ar eich sgrin gartref
install-why = Oddi yno mae’n agor ar unwaith, heb signal hefyd, a gall eich ffôn roi gwybod ichi am waith newydd.
install-now = Rhoi ar y sgrin gartref
install-later = Nid nawr; mae yn y gosodiadau
# Enwau’r botymau fel y mae’r ffôn ei hun yn eu dangos.
install-apple-share = Tapiwch “Share” (Rhannu), ym mar Safari.
install-apple-add = Dewiswch “Add to Home Screen” (ychwanegu at y sgrin gartref), yna “Add”.
install-apple-open = Agorwch OpenPatrol o’r sgrin gartref a mewngofnodwch yno.
install-android = Agorwch ddewislen y porwr a dewiswch “Add to Home screen” neu “Install app” (gosod yr ap).
install-other = Agorwch y dudalen hon ar eich ffôn i’w rhoi ar ei sgrin gartref.
install-done = Mae ar y sgrin gartref.

position-off = Ni chymerir eich lleoliad.
position-waiting = Yn canfod eich lleoliad… Os bydd y ffôn yn gofyn, caniatewch hynny.
position-on = Rhennir eich lleoliad â’ch goruchwyliwr tra byddwch ar shifft.
position-denied = Nid yw’r ffôn hwn yn rhoi eich lleoliad. Caniatewch ef yng ngosodiadau gwefan y porwr er mwyn cael y gwaith agosaf; gallwch bob amser ddweud “Rwyf yma” eich hun.
position-lost = Dim lleoliad ar hyn o bryd. Gallwch bob amser ddweud “Rwyf yma” eich hun.
position-unsupported = Nid oes lleoliad gan y porwr hwn. Dywedwch “Rwyf yma” eich hun pan gyrhaeddwch.
push-ask-title = A gaiff y ffôn hwn roi gwybod ichi am waith newydd?
push-ask-words = Yna mae’n dirgrynu pan fydd angen golwg ar gar, hyd yn oed â’r dudalen ar gau. Ar egwyl, a thra byddwch yn arsylwi, dim ond yr hyn sy’n ymwneud â diogelwch neu â gwaith sydd ar y gweill gennych fydd yn gwneud hynny. Ni fydd plât nac enw byth mewn neges.
push-ask-later = Nid nawr; mae yn y gosodiadau
push-ask-trouble = Nid oedd modd trefnu negeseuon ar hyn o bryd. Ceisiwch eto yn y gosodiadau; mae’r dudalen hon yn dal i wirio.
push-on = Mae’r ffôn hwn yn dirgrynu pan fydd rhywbeth i’w wneud nawr.
push-off = Nid yw’r ffôn hwn yn dirgrynu eto. Cadwch y dudalen hon ar agor, neu caniatewch negeseuon.
push-blocked = Mae negeseuon wedi’u rhwystro ar gyfer y wefan hon. Caniatewch hwy yng ngosodiadau gwefan y porwr, yna agorwch y dudalen hon eto. Tan hynny cadwch y dudalen hon ar agor: mae’n holi bob 15 eiliad.
push-unsupported = Ni all y porwr hwn ddangos negeseuon. Cadwch y dudalen hon ar agor: mae’n dal i wirio.
push-install = Ar y ffôn hwn, ychwanegwch y dudalen at y sgrin gartref yn gyntaf (“Share”, yna “Add to Home Screen”) a’i hagor oddi yno.
push-allow = Caniatáu negeseuon
push-test = Anfon neges brawf
push-test-sent = Mae neges brawf ar ei ffordd. Os na welwch ddim o fewn munud, gwiriwch nad yw’r ffôn wedi’i dawelu.
push-unread = Mae rhywbeth wedi newid
push-unread-body = Agorwch y dudalen i’w weld.
push-trouble = Nid oedd modd trefnu negeseuon. Ceisiwch eto’n nes ymlaen; mae’r dudalen hon yn dal i wirio.
