"""What screens ask for. Reads only; every query names its authority."""

from .alarms import alert as alert
from .alarms import alerts as alerts
from .asked import rights_answers as rights_answers
from .asked import rights_providers as rights_providers
from .duty import shift as shift
from .duty import shift_of as shift_of
from .duty import shift_query as shift_query
from .duty import shifts as shifts
from .paging import Page as Page
from .paging import page as page
from .places import bay as bay
from .places import bays as bays
from .places import restriction_rows as restriction_rows
from .places import suspended as suspended
from .places import zones as zones
from .places import zones_of_bays as zones_of_bays
from .upkeep import due_work as due_work
from .upkeep import lately as lately
from .work import task as task
from .work import tasks as tasks
