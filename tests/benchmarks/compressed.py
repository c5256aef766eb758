"""Our application as phones see it behind the proxy of `deploy/`: compressed."""

from starlette.middleware.gzip import GZipMiddleware

from asgi import app as bare

app = GZipMiddleware(bare, minimum_size=256, compresslevel=6)
