"""How often a stranger may try: counted in each process, by address. Accounts have their own lock besides."""

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, storage_uri="memory://", strategy="moving-window")
