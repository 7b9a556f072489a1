"""Routes and middleware beside Streamlit's own: product photos with cache headers, the guest cookie, security headers."""

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from fashflix.people import new_token
from fashflix.ui.session import COOKIE, engine

YEAR = 365 * 24 * 3600
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "geolocation=(), microphone=(), payment=()",
}


class Photos:
    """ASGI app: the catalogue's photos. File names hold a hash of their content, so a browser may keep them for ever."""

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return
        folder = engine().catalogue.folder / "photos"
        await _with_headers(StaticFiles(directory=folder, check_dir=False),
                            {"Cache-Control": f"public, max-age={YEAR}, immutable"})(scope, receive, send)


class GuestCookie:
    """ASGI middleware: gives a browser that has none a random 128-bit cookie with its first page, out of reach of scripts."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        sent = dict(scope["headers"]).get(b"cookie", b"").decode("latin-1")
        has_cookie = COOKIE in cookie_parser(sent)

        async def send_with_cookie(message):
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if not has_cookie and headers.get("content-type", "").startswith("text/html"):
                    headers.append("Set-Cookie", _cookie(new_token(), _is_secure(scope)))
            await send(message)

        await self.app(scope, receive, send_with_cookie)


def _cookie(token, secure):
    return f"{COOKIE}={token}; Path=/; Max-Age={YEAR}; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")


def _is_secure(scope):
    forwarded = dict(scope["headers"]).get(b"x-forwarded-proto", b"").decode("latin-1")
    return "https" in (scope.get("scheme"), forwarded)


def _with_headers(app, extra):
    async def wrapped(scope, receive, send):
        async def send_with_headers(message):
            if message["type"] == "http.response.start" and message["status"] in (200, 304):
                MutableHeaders(scope=message).update(extra)
            await send(message)
        await app(scope, receive, send_with_headers)
    return wrapped


def health(request):
    """200 and the number of products once everything is open."""
    return PlainTextResponse(f"{len(engine().catalogue)} products\n")


ROUTES = [Mount("/photos", app=Photos()), Route("/health", health)]
MIDDLEWARE = [Middleware(GuestCookie)]
