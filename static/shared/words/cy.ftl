# OpenPatrol yn Gymraeg. Saif pob brawddeg dan yr un enw ag yn en.ftl; dywedir yn Saesneg beth bynnag sydd ar goll yma.

## Amserau, cyfnodau, pellteroedd

when-yesterday = ddoe { $at }
when-tomorrow = yfory { $at }
when-day = { $day } { $at }
period = { $from } tan { $to }
span-seconds = { $seconds } eiliad
span-minutes = { $minutes } mun
span-hours = { $hours } awr
span-hours-minutes = { $hours } awr { $minutes } mun
span-days = { $days } diwrnod
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
task-lawful-now = Cyfreithlon nawr · ers { $at }
task-lawful-no-longer = Ddim yn gyfreithlon mwyach: daeth yr oriau i ben am { $at }
task-window = Byddwch yno tan { $at } · { $span } ar ôl
task-window-ended = Daeth y cyfnod i ben am { $at }
task-look = Golwg { $look } o { $looks }
task-looks-done = Cofnodwyd pob un o’r { $looks } golwg
hint-unseen = { $days ->
    [one] Dim byd brys: cerddwch ar hyd { $street }, nas gwelwyd ers diwrnod.
    [two] Dim byd brys: cerddwch ar hyd { $street }, nas gwelwyd ers deuddydd.
   *[other] Dim byd brys: cerddwch ar hyd { $street }, nas gwelwyd ers { $days } diwrnod.
  }
hint-never-seen = Dim byd brys: cerddwch ar hyd { $street }, nas gwelwyd eto.

state-visited = Ymwelwyd
state-called-off = Galwyd yn ôl
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
said-likely = yn debygol o fod yno o hyd
said-may-be-gone = efallai wedi mynd erbyn cyrraedd
said-may-be-there = efallai yno o hyd
said-probably-gone = wedi mynd erbyn hynny, mae’n debyg
said-lawful-in = cyfreithlon ymhen { $minutes } mun
said-again = { $nth } tro yma yr wythnos hon
said-many-times = { $times } gwaith yma yr wythnos hon
said-waited = yn aros { $minutes } mun am swyddog
said-not-checked = hawliau heb eu gwirio
said-first-sighting = gwnaeth yr olwg gyntaf
said-only-one = yr unig un a all gyrraedd
said-nearest = yr agosaf o { $count }
said-nth-nearest = { $nth } agosaf o { $count }
said-number-nearest = rhif { $nth } o ran pellter o { $count }
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
