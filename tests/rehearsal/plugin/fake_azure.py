"""A Resource Manager of a few lines: stores what is put, answers what the test scripted, remembers every request."""

from __future__ import annotations

import base64
import json
import ssl
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import trustme


@dataclass
class Seen:
    """One request."""

    method: str
    path: str
    version: str
    body: dict | None
    headers: dict


@dataclass
class Scripted:
    """An answer to give instead of the usual one."""

    status: int
    body: dict | None = None
    headers: dict = field(default_factory=dict)


class FakeAzure:
    """Use as a context manager; `script["PUT /path"] = [Scripted(…), …]` answers once each, then as usual.

    `requests` holds Resource Manager's requests only, `sign_ins` the tenants that were asked for a token. `{base}` in a
    scripted header becomes this server's address.
    """

    def __init__(self, folder) -> None:
        self.resources: dict[str, dict] = {}
        self.script: dict[str, list[Scripted]] = {}
        self.requests: list[Seen] = []
        self.sign_ins: list[str] = []
        authority = trustme.CA()
        self.ca = folder / "ca.pem"
        authority.cert_pem.write_to_path(str(self.ca))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(context)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._make_handler())
        self._server.daemon_threads = True
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.host = f"127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> FakeAzure:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self._server.shutdown()
        self._server.server_close()

    def reset(self) -> None:
        """Nothing is there, nothing is scripted, nothing was asked."""
        for memory in (self.resources, self.script, self.requests, self.sign_ins):
            memory.clear()

    def put(self, path: str, body: dict) -> None:
        """Have a resource there from the start."""
        self.resources[path.lower()] = {"id": path, "name": path.rpartition("/")[2], **body}

    def seen(self) -> list[str]:
        """`["GET /subscriptions/…", "PUT …"]`."""
        return [f"{request.method} {request.path}" for request in self.requests]

    def answer(self, request: Seen) -> Scripted:
        """The scripted answer, else what a store would say."""
        if request.path == "/metadata/endpoints":
            entra = {"loginEndpoint": f"https://{self.host}/", "audiences": ["https://management.azure.com"]}
            return Scripted(200, {"resourceManager": f"https://{self.host}", "authentication": entra})
        if request.path.endswith("/oauth2/v2.0/token"):
            self.sign_ins.append(request.path.split("/")[1])
            return Scripted(200, {"access_token": make_token(self.sign_ins[-1]), "expires_in": 3600})
        self.requests.append(request)
        scripted = self.script.get(f"{request.method} {request.path}")
        return scripted.pop(0) if scripted else self._answer_as_store(request)

    def _answer_as_store(self, request: Seen) -> Scripted:
        key = request.path.lower()
        if request.method == "PUT":
            status = 200 if key in self.resources else 201
            known = {"id": request.path, "name": request.path.rpartition("/")[2], "etag": '"1"', "secretSauce": "x"}
            properties = {**request.body.get("properties", {}), "provisioningState": "Succeeded", "unheardOf": 1}
            self.resources[key] = {**request.body, **known, "properties": properties}
            return Scripted(status, self.resources[key])
        if key not in self.resources:
            return Scripted(404, {"error": {"code": "ResourceNotFound", "message": "not there"}})
        return Scripted(200, self.resources.pop(key) if request.method == "DELETE" else self.resources[key])

    def _make_handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # one packet an answer

            def serve(self) -> None:
                address = urlsplit(self.path)
                raw = self.rfile.read(int(self.headers.get("content-length", 0)))
                is_json = "json" in self.headers.get("content-type", "") and raw
                version = parse_qs(address.query).get("api-version", [""])[0]
                headers = {name.lower(): value for name, value in self.headers.items()}
                given = fake.answer(
                    Seen(self.command, address.path, version, json.loads(raw) if is_json else None, headers)
                )
                text = b"" if given.body is None else json.dumps(given.body).encode()
                self.send_response(given.status)
                for name, value in given.headers.items():
                    self.send_header(name, value.format(base=f"https://{fake.host}"))
                self.send_header("content-length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_PUT = do_POST = do_DELETE = serve  # noqa: N815  # http.server's names

            def log_message(self, *_) -> None:
                pass

        return Handler


def make_token(tenant: str) -> str:
    """An unsigned token that tells its tenant."""
    claims = {"oid": "pipeline-object", "appid": "pipeline-client", "tid": tenant}
    return f"e30.{base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip('=')}.c2ln"
