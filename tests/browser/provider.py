"""A provider of OpenID Connect on this machine: the code flow with PKCE, as far as a sign-in goes through it."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "zhengming", "the secret of the client"


class Provider:
    """It vouches for whatever `claims` say, to one client, at one address that the browser is sent back to."""

    def __init__(self, redirect_uri: str, **claims: Any) -> None:
        self.redirect_uri = redirect_uri
        self.claims: dict[str, Any] = claims
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self.codes: dict[str, dict[str, str]] = {}
        self.refused: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def asked(self, query: dict[str, str]) -> str:
        """The page on which a person agrees; what is wrong with the request is kept in `refused`."""
        right = {"client_id": CLIENT, "redirect_uri": self.redirect_uri, "response_type": "code"}
        self.refused += [name for name, value in right.items() if query.get(name) != value]
        self.refused += [name for name in ("state", "nonce", "code_challenge") if not query.get(name)]
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        back = f"{self.redirect_uri}?{urlencode({'code': code, 'state': query.get('state', '')})}"
        return f'<!doctype html><title>Provider</title><a href="{html.escape(back)}">Continue as Li Wei</a>'

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """The signed word for a code, which serves once, to whom it was given."""
        asked = self.codes.pop(form.get("code", ""), None)
        verifier = form.get("code_verifier", "").encode()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier).digest()).rstrip(b"=").decode()
        basic = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if asked is None or asked.get("code_challenge") != challenge or authorization != basic:
            self.refused.append("token")
            return None
        now = int(time.time())
        word = {"iss": self.address, "sub": "1", "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, {**word, **self.claims}, self.key)
        return {
            "access_token": secrets.token_urlsafe(16),
            "token_type": "Bearer",
            "expires_in": 300,
            "id_token": signed,
        }


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            where = urlsplit(self.path)
            if where.path == "/.well-known/openid-configuration":
                self._answer(json.dumps(provider.metadata()))
            elif where.path == "/jwks":
                self._answer(json.dumps({"keys": [provider.key.as_dict(private=False)]}))
            elif where.path == "/authorize":
                self._answer(provider.asked(dict(_one(parse_qs(where.query)))), "text/html")
            else:
                self.send_error(404)

        def do_POST(self) -> None:
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            given = provider.token(dict(_one(parse_qs(form))), self.headers.get("Authorization", ""))
            if given is None:
                self.send_error(400)
            else:
                self._answer(json.dumps(given))

        def _answer(self, body: str, kind: str = "application/json") -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *said: object) -> None:
            """Say nothing."""

    return Handler


def _one(query: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, values[0]) for name, values in query.items()]
