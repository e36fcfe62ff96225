# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The transport against a small server that does what it is told."""

from __future__ import annotations

import http.server
import socket
import ssl
import struct
import threading
import time
from email.utils import formatdate

import pytest
from ansible_collections.workplace.onboarding.plugins.module_utils.core.errors import BackendError, InvalidInput, Lost, Unreachable
from ansible_collections.workplace.onboarding.plugins.module_utils.core.transport import LONGEST_PAUSE, Transport, origin, segment

ENVIRONMENT = [f"{name}{suffix}" for name in ("http", "https", "all", "no") for suffix in ("_proxy",)] + [
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "NETRC",
]


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


class Answers(http.server.BaseHTTPRequestHandler):
    """Takes the next answer of the script; the last one stays."""

    protocol_version = "HTTP/1.1"

    def handle_one_request(self):
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        server = self.server
        with server.lock:
            server.seen.append((self.command, self.path, dict(self.headers), body))
            answer = server.script.pop(0) if len(server.script) > 1 else server.script[0]
        self.close_connection = True
        if callable(answer):
            answer(self)
            return
        status, headers, body = answer
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), "Connection": "keep-alive", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = False

    def log_message(self, *_args):
        pass


def reset(handler):
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def cut(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")


def silence(handler):
    time.sleep(0.5)


def nonsense(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope")


OK = (200, {}, b"ok")


def busy(status=503, **headers):
    return (status, {name.replace("_", "-"): value for name, value in headers.items()}, b"")


class Little(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, *script):
        super().__init__(("127.0.0.1", 0), Answers)
        self.script, self.seen, self.lock, self.connections = list(script) or [OK], [], threading.Lock(), 0
        self.scheme = "http"

    def get_request(self):
        self.connections += 1
        return super().get_request()

    def handle_error(self, *_args):
        pass

    @property
    def url(self):
        return f"{self.scheme}://127.0.0.1:{self.server_port}"


@pytest.fixture
def serve():
    running = []

    def start(*script, context=None):
        server = Little(*script)
        if context:
            server.socket, server.scheme = context.wrap_socket(server.socket, server_side=True), "https"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        running.append(server)
        return server

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


class Caller:
    def __init__(self, url, **options):
        self.pauses = []
        self.transport = Transport(url, sleep=self.pauses.append, **{"timeout": 5, **options})

    def __call__(self, method="GET", path="/x", write=False, repeat=None, busy=lambda response: True, **kwargs):
        return self.transport.send(method, path, write=write, repeat=not write if repeat is None else repeat, busy=busy, **kwargs)


# Repeating


@pytest.mark.parametrize("trouble", [busy(429), busy(502), busy(503), busy(504), reset, cut, nonsense])
def test_what_is_safe_to_repeat_is_repeated(serve, trouble):
    server = serve(trouble, trouble, OK)
    call = Caller(server.url)
    assert call().text == "ok" and len(server.seen) == 3 and call.transport.reads == 3 and call.transport.writes == 0
    assert 0.37 <= call.pauses[0] <= 0.63 and 0.75 <= call.pauses[1] <= 1.25


@pytest.mark.parametrize("trouble, tries", [(busy(429), 2), (busy(503), 1), (busy(502), 1), (busy(504), 1)])
def test_a_write_is_repeated_only_if_it_was_certainly_not_done(serve, trouble, tries):
    server = serve(trouble, OK)
    call = Caller(server.url)
    assert call("POST", write=True).status_code == (200 if tries == 2 else trouble[0])
    assert len(server.seen) == tries == call.transport.writes


@pytest.mark.parametrize("trouble", [reset, cut, nonsense])
def test_a_write_without_an_answer_is_not_repeated(serve, trouble):
    server = serve(trouble, OK)
    call = Caller(server.url)
    with pytest.raises(Lost) as caught:
        call("POST", write=True)
    assert caught.value.uncertain and not caught.value.fatal and len(server.seen) == 1 and call.pauses == []


def test_a_write_that_says_it_may_be_repeated(serve):
    """The verb does not decide: an edit that sets a value may be sent twice, a GET that deletes may not."""
    server = serve(reset, OK)
    assert Caller(server.url)("PUT", write=True, repeat=True).text == "ok"
    server = serve(reset, OK)
    with pytest.raises(Lost):
        Caller(server.url)("GET", write=True)
    assert len(server.seen) == 1


def test_repeating_has_an_end(serve):
    server = serve(busy(503))
    call = Caller(server.url, retries=2)
    assert call().status_code == 503 and len(server.seen) == 3
    server = serve(reset)
    with pytest.raises(Lost):
        Caller(server.url, retries=0)()
    assert len(server.seen) == 1


def test_other_refusals_are_not_repeated(serve):
    for status in (400, 401, 403, 404, 412, 500, 501):
        server = serve(busy(status))
        assert Caller(server.url)().status_code == status and len(server.seen) == 1


def test_a_client_may_say_that_waiting_is_useless(serve):
    server = serve(busy(503), OK)
    assert Caller(server.url)(busy=lambda response: False).status_code == 503 and len(server.seen) == 1


def test_pauses_are_bounded(serve):
    call = Caller(serve(busy(503)).url, retries=12)
    call()
    assert len(call.pauses) == 12 and max(call.pauses) <= LONGEST_PAUSE and sorted(call.pauses[:6]) == call.pauses[:6]


@pytest.mark.parametrize(
    "value, least, most", [("7", 7, 7), ("0", 0.37, 0.63), ("soon", 0.37, 0.63), ("²", 0.37, 0.63), ("-5", 0.37, 0.63)]
)
def test_retry_after(serve, value, least, most):
    call = Caller(serve(busy(429, Retry_After=value), OK).url)
    call()
    assert least <= call.pauses[0] <= most


def test_retry_after_as_a_date(serve):
    call = Caller(serve(busy(503, Retry_After=formatdate(time.time() + 30, usegmt=True)), OK).url)
    call()
    assert 25 <= call.pauses[0] <= 31


def test_a_server_that_asks_for_too_long_a_pause_is_not_waited_for(serve):
    server = serve(busy(429, Retry_After="3600"), OK)
    call = Caller(server.url)
    assert call().status_code == 429 and call.pauses == []


# Leaving


def test_who_leaves_sends_nothing_more_and_waits_for_nothing(serve):
    """Threads are under way when a task is ended: one that waits is woken, at once, and none goes on."""
    server = serve(busy(503, **{"Retry-After": "50"}))
    transport = Transport(server.url, timeout=5)
    failures = []

    def send():
        try:
            transport.send("GET", "/x", write=False, repeat=True, busy=lambda response: True)
        except Unreachable as exc:
            failures.append(str(exc))

    thread = threading.Thread(target=send, daemon=True)
    thread.start()
    while not server.seen:
        time.sleep(0.01)
    transport.leave()
    thread.join(20)
    send()
    assert failures == ["not attempted, since the task was ended"] * 2
    assert len(server.seen) == 1 and transport.reads == 1


# Connections


def test_the_connection_is_kept(serve):
    server = serve(OK)
    call = Caller(server.url)
    for _request in range(5):
        call()
    call.transport.close()
    assert server.connections == 1


def test_a_kept_connection_that_the_server_closed(serve):
    """A read is sent again; a write is left to those who can look whether it was done."""

    def last_words(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok")
        handler.close_connection = True

    call = Caller(serve(last_words, OK).url)
    call()
    time.sleep(0.05)
    assert call().text == "ok"


def test_nobody_listens(serve):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        call = Caller(f"http://127.0.0.1:{free.getsockname()[1]}")
        with pytest.raises(Unreachable, match="Cannot connect to http://127.0.0.1:.*refused") as caught:
            call()
    assert caught.value.fatal and call.pauses == []


def test_a_host_that_does_not_exist():
    with pytest.raises(Unreachable, match="Cannot connect to http://nowhere.invalid"):
        Caller("http://nowhere.invalid", timeout=3)()


def test_no_answer_in_time(serve):
    call = Caller(serve(silence).url, timeout=0.1, retries=0)
    with pytest.raises(Lost, match="No answer from http://127.0.0.1:.* to GET within 0.1 seconds"):
        call()


def test_redirects_are_not_followed(serve):
    server = serve((302, {"Location": "/elsewhere"}, b""))
    assert Caller(server.url)("POST", write=True).status_code == 302 and len(server.seen) == 1


def test_cookies_are_not_sent_back_unless_wanted(serve):
    for wanted in (False, True):
        server = serve((200, {"Set-Cookie": "session=1; Path=/"}, b""), OK)
        call = Caller(server.url, cookies=wanted)
        call()
        call()
        assert ("Cookie" in server.seen[1][2]) is wanted


# The environment


def test_netrc_is_ignored(serve, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    server = serve(OK)
    call = Caller(server.url)
    call()
    call.transport.session.headers["Authorization"] = "Bearer ours"
    call()
    assert "Authorization" not in server.seen[0][2] and server.seen[1][2]["Authorization"] == "Bearer ours"


def test_a_proxy_of_the_environment_is_used(serve, monkeypatch):
    proxy = serve(OK)
    monkeypatch.setenv("http_proxy", proxy.url)
    assert Caller("http://cloud.invalid")().text == "ok"
    assert proxy.seen[0][1] == "http://cloud.invalid/x"


def test_no_proxy_is_obeyed(serve, monkeypatch):
    server = serve(OK)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert Caller(server.url)().text == "ok"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_dead_proxy_does_not_show_its_password(monkeypatch, scheme):
    monkeypatch.setenv(f"{scheme}_proxy", "http://user:proxy-pass-phrase@127.0.0.1:9")
    with pytest.raises(Unreachable) as caught:
        Caller(f"{scheme}://cloud.invalid")()
    assert "proxy-pass-phrase" not in str(caught.value)


# TLS


@pytest.fixture(scope="module")
def authority():
    return pytest.importorskip("trustme").CA()


@pytest.fixture
def secure(serve, authority, tmp_path):
    def start(*names):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*(names or ("127.0.0.1",))).configure_cert(context)
        return serve(OK, context=context)

    return start


@pytest.fixture
def ca_path(authority, tmp_path):
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    return str(tmp_path / "ca.pem")


def test_a_certificate_is_verified(secure, ca_path):
    server = secure()
    with pytest.raises(
        Unreachable, match="certificate of .* is not trusted .*: give its authority in ca_path, or set validate_certs to false"
    ):
        Caller(server.url)()
    assert server.seen == []
    assert Caller(server.url, verify=ca_path)().text == "ok"


def test_the_name_in_a_certificate_is_verified(secure, ca_path):
    with pytest.raises(Unreachable, match="is not trusted"):
        Caller(secure("elsewhere.invalid").url, verify=ca_path)()


@pytest.mark.filterwarnings("ignore:Unverified HTTPS")
def test_verification_can_be_switched_off_whatever_the_environment_says(secure, ca_path, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", ca_path)
    assert Caller(secure("elsewhere.invalid").url, verify=False)().text == "ok"


def test_the_bundle_of_the_environment_is_used(secure, ca_path, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", ca_path)
    assert Caller(secure().url)().text == "ok"


def test_an_own_authority_wins_over_the_environment(secure, ca_path, tmp_path, monkeypatch):
    other = pytest.importorskip("trustme").CA()
    other.cert_pem.write_to_path(tmp_path / "other.pem")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "other.pem"))
    assert Caller(secure().url, verify=ca_path)().text == "ok"
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", ca_path)
    with pytest.raises(Unreachable):
        Caller(secure().url, verify=str(tmp_path / "other.pem"))()


def test_a_bundle_that_does_not_exist_is_one_sentence(secure, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere/ca.pem")
    with pytest.raises(InvalidInput, match="No request to https://.* can be made: .*nowhere/ca.pem"):
        Caller(secure().url)()


def test_a_server_without_tls(serve):
    plain = serve(OK)
    with pytest.raises(Unreachable, match="No TLS connection to https://"):
        Caller(plain.url.replace("http", "https"))()


def test_tls_that_breaks_after_the_request_is_a_lost_answer(secure, ca_path):
    server = secure()
    server.script = [reset]
    with pytest.raises(Lost):
        Caller(server.url, verify=ca_path)("POST", write=True)


# Words


@pytest.mark.parametrize("secret", ["line\nbreak", "snow \u2603 man"])
def test_credentials_that_cannot_be_sent_are_not_shown(serve, secret):
    call = Caller(serve(OK).url)
    call.transport.session.headers["Authorization"] = f"Bearer {secret}"
    with pytest.raises(InvalidInput, match="a line break or an odd character in api_url or in the credentials") as caught:
        call()
    assert secret not in str(caught.value) and caught.value.__cause__ is None


@pytest.mark.parametrize("trouble", [reset, cut, silence, nonsense])
def test_messages_hold_neither_paths_nor_bodies_nor_headers(serve, trouble):
    call = Caller(serve(trouble).url, retries=0, timeout=0.1)
    call.transport.session.auth = ("root", "connection-pass-phrase")
    with pytest.raises(BackendError) as caught:
        call("POST", "/users?password=query-pass-phrase", write=True, data={"password": "body-pass-phrase"})
    assert "phrase" not in str(caught.value) and "object at" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "cloud.example.org",
        "ftp://cloud.example.org",
        "https://",
        "https:///path",
        "https://[::1",
        "https://host:port",
        "https://host:99999",
        "https://user:pass-phrase@cloud.example.org",
        "https://cloud.example.org?x=1",
        "https://cloud.example.org/#top",
    ],
)
def test_addresses_that_cannot_be(url):
    with pytest.raises(InvalidInput, match="api_url must") as caught:
        origin(url)
    assert "pass-phrase" not in str(caught.value)


@pytest.mark.parametrize(
    "url, base",
    [
        ("https://cloud.example.org/", "https://cloud.example.org"),
        (" https://host/deep/path// ", "https://host/deep/path"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("HTTPS://cloud.example.org", "HTTPS://cloud.example.org"),
    ],
)
def test_addresses(url, base):
    assert origin(url) == base


@pytest.mark.parametrize("value, encoded", [("a/b", "a%2Fb"), ("é ü+", "%C3%A9%20%C3%BC%2B"), ("100%", "100%25"), (7, "7")])
def test_segment(value, encoded):
    assert segment(value) == encoded
