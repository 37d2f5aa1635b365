"""The starter on a bare Python: only the uv of the lock passes, and a second start asks nobody."""

from __future__ import annotations

import hashlib
import io
import platform
import sys
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from typing_extensions import override

import run

LIBC = "manylinux_2_17" if platform.libc_ver()[0] == "glibc" else "musllinux_1_1"
SYSTEM = "macosx_11_0" if sys.platform == "darwin" else LIBC
WHEEL = f"uv-9.9.9-py3-none-{SYSTEM}_{platform.machine()}.whl"


def fake_wheel() -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as files:
        files.writestr("uv-9.9.9.data/scripts/uv", "#!/bin/sh\necho uv\n")
    return body.getvalue()


@pytest.fixture
def index(monkeypatch, tmp_path):
    """Serve an index with one wheel on loopback, and a lock that names it."""
    body = fake_wheel()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            page = f'<a href="/files/{WHEEL}#sha256=x">{WHEEL}</a>'.encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(page if self.path == "/simple/uv/" else body)

        @override
        def log_message(self, *_arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    monkeypatch.setattr(run, "LOCKS", tmp_path)
    monkeypatch.setattr(run, "HOME", tmp_path / "home")
    monkeypatch.setenv("UV_DEFAULT_INDEX", f"http://127.0.0.1:{server.server_port}/simple/")
    digest = hashlib.sha256(body).hexdigest()
    (tmp_path / "starter.txt").write_text(f"uv==9.9.9 \\\n    --hash=sha256:{digest}\n")
    yield tmp_path
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_wheel_itself_is_fetched_where_there_is_no_venv(index, monkeypatch):
    monkeypatch.setattr(run.sys, "executable", "/bin/false")

    assert run.uv() == run.uv()
    assert run.Path(run.uv()).read_text().endswith("echo uv\n")
    assert run.Path(run.uv()).stat().st_mode & 0o111
    assert not list((index / "home").glob("tmp*"))


def test_a_wheel_that_the_lock_does_not_know_is_refused(index):
    (index / "starter.txt").write_text(f"uv==9.9.9 \\\n    --hash=sha256:{'0' * 64}\n")

    with pytest.raises(SystemExit, match="is not the uv of requirements"):
        run.wheel(index)
    assert not (index / "uv").exists()


def test_a_version_that_the_index_lacks_is_said(index):
    (index / "starter.txt").write_text("uv==9.9.8 \\\n")

    with pytest.raises(SystemExit, match=r"no uv 9\.9\.8 for this machine"):
        run.wheel(index)


def test_the_index_of_the_machine_comes_from_pip_where_uv_names_none(monkeypatch, tmp_path):
    (tmp_path / "pip.conf").write_text("[global]\nindex-url = https://mirror.example/simple\n")
    monkeypatch.delenv("UV_DEFAULT_INDEX", raising=False)
    monkeypatch.delenv("PIP_INDEX_URL", raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))

    assert run.index() == "https://mirror.example/simple"

    monkeypatch.setenv("PIP_INDEX_URL", "https://other.example/simple")

    assert run.index() == "https://other.example/simple"


def test_a_second_start_asks_nobody(monkeypatch, tmp_path):
    place = tmp_path / "env-demo" / "bin"
    place.mkdir(parents=True)
    (place / "python").touch()
    lock = b"django==5.2 --hash=sha256:0\n"
    (tmp_path / "demo.txt").write_bytes(lock)
    stamp = hashlib.sha256(lock + sys.version.encode()).hexdigest()
    (tmp_path / "env-demo.stamp").write_text(stamp)
    monkeypatch.setattr(run, "HOME", tmp_path)
    monkeypatch.setattr(run, "LOCKS", tmp_path)
    monkeypatch.setattr(run, "uv", lambda: pytest.fail("uv was asked for"))

    assert run.environment("demo", {}) == str(place / "python")


def test_an_environment_that_cannot_be_built_says_what_to_do(monkeypatch, tmp_path):
    (tmp_path / "demo.txt").write_text("")
    monkeypatch.setattr(run, "HOME", tmp_path)
    monkeypatch.setattr(run, "LOCKS", tmp_path)
    monkeypatch.setattr(run, "uv", lambda: "/bin/false")

    with pytest.raises(SystemExit, match="UV_DEFAULT_INDEX"):
        run.environment("demo", {})
    assert not (tmp_path / "env-demo.stamp").exists()
