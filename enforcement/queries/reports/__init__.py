"""What a period came to, in numbers that speak of no person. Reads only; every query names its authority."""

from .asked import Asked as Asked
from .told import overstays as overstays
from .told import repeats as repeats
from .told import streets as streets
from .told import waits as waits
from .told import walks as walks
from .told import weeks as weeks
from .told import workload as workload
