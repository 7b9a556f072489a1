"""Routes and middleware beside Streamlit's own: product photos with cache headers, the cookie of a person, security headers."""

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from fashflix.people import new_token
from fashflix.ui.entrance import tickets
from fashflix.ui.session import COOKIE, engine

LONGEST_TICKET = 100
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


async def session(request):
    """Trade a ticket for the cookie it stands for: 204, or 403. Only a script of this very site can ask, as no form sends such a header."""
    if not request.headers.get("x-fashflix") or request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return PlainTextResponse("Only this site's own pages may ask.\n", 403)
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST_TICKET:
            return PlainTextResponse("That is no ticket.\n", 403)
    token = tickets().redeem(body.decode("latin-1"), request.cookies.get(COOKIE, ""))
    if token is None:
        return PlainTextResponse("This ticket is used or too old.\n", 403)
    return Response(status_code=204, headers={"Set-Cookie": _cookie(token, _is_secure(request.scope)), "Cache-Control": "no-store"})


ROUTES = [Mount("/photos", app=Photos()), Route("/health", health), Route("/session", session, methods=["POST"])]
MIDDLEWARE = [Middleware(GuestCookie)]
