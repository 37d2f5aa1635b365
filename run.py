#!/usr/bin/env python3
"""Start Anju from a fresh clone on a machine that has Python 3.11 or newer and nothing else.

Standard library only. It fetches a pinned uv, lets uv build the locked environment of the verb
under `.anju/`, and hands over. It is not the product's command line: that is `anju`.
"""

from __future__ import annotations

import configparser
import hashlib
import os
import platform
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCKS, HOME = ROOT / "requirements", Path(os.environ.get("ANJU_ENVIRONMENTS") or ROOT / ".anju")
BUNDLE = Path("/etc/ssl/certs/ca-certificates.crt")  # where Debian's pip and uv look
CURES = """run.py: the environment could not be built; the reason stands above.
  No answer: name your mirror in UV_DEFAULT_INDEX, or your proxy in HTTPS_PROXY.
  Certificates: install ca-certificates, or name your authority in SSL_CERT_FILE."""
NO_PIP = """run.py: this Python has neither venv nor pip, and nothing names a package index.
  Debian and its kin: apt-get install python3-venv. Elsewhere: name your index in UV_DEFAULT_INDEX."""
VERBS: dict[str, tuple[str, list[str], str]] = {  # verb: lock, what Python runs, a line of help
    "demo": ("demo", ["-m", "anju.cli.main", "demo"], "start the demonstration company"),
    "report": ("demo", ["-m", "anju.cli.main", "report"], "an honest report of a spreadsheet"),
    "anju": ("demo", ["-m", "anju.cli.main"], "any other command of the product: anju --help"),
    "test": (
        "test",
        ["-m", "tests.gate.suite"],
        "run the tests; --strict fails if any is left out",
    ),
    "check": ("test", ["-m", "tests.gate.check"], "lint, types, contracts, templates, messages"),
    "fix": ("test", ["-m", "tests.gate.fix"], "format, and mend what can be mended"),
    "bench": ("test", ["-m", "benchmarks"], "measure, as ratios in one run"),
    "validate": (
        "test",
        ["-m", "validation"],
        "simulate: are the statistics right as often as they say; mutants: would the tests notice",
    ),
    "promises": ("test", ["-m", "promises"], "try to break what the product promises"),
    "messages": ("test", ["-m", "tests.gate.messages"], "merge and compile the translations"),
    "screenshots": ("test", ["-m", "tests.gate.screenshots"], "photograph and score every page"),
    "docs": ("test", ["-m", "tests.gate.docs"], "write the generated papers, check the others"),
    "lock": ("", [], "resolve the dependencies again and write requirements/"),
}


def index() -> str:
    """Return the package index that this machine is told to use: environment, pip's files, public."""
    named = os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("PIP_INDEX_URL")
    files, home = configparser.RawConfigParser(), Path.home()
    places = [Path("/etc/pip.conf"), home / ".pip/pip.conf", home / ".config/pip/pip.conf"]
    files.read([*places, os.environ.get("PIP_CONFIG_FILE", "")], encoding="utf-8")
    return named or str(files.get("global", "index-url", fallback=""))


def certificates() -> bool:
    """Say whether this machine has authorities of its own to check an address with."""
    paths = ssl.get_default_verify_paths()
    return BUNDLE.exists() or bool(
        paths.cafile or (paths.capath and any(Path(paths.capath).iterdir()))
    )


def wheel(part: Path) -> None:
    """Fetch uv's wheel itself, for a Python without venv and pip; only a SHA-256 of the lock passes."""
    context = ssl.create_default_context()
    if not certificates():  # the checksum below decides, whoever delivered the bytes
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    version = re.findall(r"^uv==(\S+)", (LOCKS / "starter.txt").read_text(), re.MULTILINE)[0]
    libc = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    system = "macosx" if sys.platform == "darwin" else libc
    page = index().rstrip("/") + "/uv/"
    with urllib.request.urlopen(page, context=context, timeout=60) as answer:
        links = re.findall(r'href="([^"]+)"', answer.read().decode())
    name = rf"/uv-{re.escape(version)}-py3-none-[^/]*{system}[^/]*{platform.machine()}[^/]*\.whl"
    found = next((link for link in links if re.search(name, link)), "")
    if not found:
        raise SystemExit(f"run.py: no uv {version} for this machine at {page}")
    with urllib.request.urlopen(urllib.parse.urljoin(page, found), context=context) as answer:
        body = answer.read()
    (part / "uv.whl").write_bytes(body)
    unpack(part / "uv.whl", part)


def unpack(archive: Path, part: Path) -> None:
    """Take uv out of its wheel, if the lock knows the wheel's checksum."""
    if hashlib.sha256(archive.read_bytes()).hexdigest() not in (LOCKS / "starter.txt").read_text():
        raise SystemExit("run.py: the uv that arrived is not the uv of requirements/starter.txt")
    with zipfile.ZipFile(archive) as files:
        name = next(name for name in files.namelist() if name.endswith(".data/scripts/uv"))
        (part / "uv").write_bytes(files.read(name))


def debian(part: Path) -> None:
    """Fetch uv by the pip that Debian ships as a wheel; pip knows the public index by itself."""
    apt, unpacked = shutil.which("apt-get"), part / "debian"
    if apt is None:
        raise SystemExit(NO_PIP)
    if os.geteuid() == 0:
        subprocess.run([apt, "-qq", "update"], check=False)
    wanted = ["python3-pip-whl", *([] if BUNDLE.exists() else ["ca-certificates"])]
    subprocess.run([apt, "-qq", "download", *wanted], cwd=part, check=False)
    for package in part.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", str(package), str(unpacked)], check=True)
    pip = next(unpacked.glob("usr/share/python-wheels/pip-*.whl"), None)
    if pip is None:
        raise SystemExit(NO_PIP)
    get = [sys.executable, str(pip / "pip"), "download", "-q", "--no-deps", "--require-hashes"]
    authorities = sorted(unpacked.glob("usr/share/ca-certificates/**/*.crt"))
    if authorities:
        (part / "authorities.pem").write_bytes(b"\n".join(a.read_bytes() for a in authorities))
        get += ["--cert", str(part / "authorities.pem")]
    get += ["--only-binary", ":all:", "-d", str(part), "-r", str(LOCKS / "starter.txt")]
    if subprocess.run(get, check=False).returncode:
        raise SystemExit(CURES)
    unpack(next(part.glob("uv-*.whl")), part)


def uv() -> str:
    """Return the pinned uv, fetched once: by venv and pip, else the wheel with its checksum."""
    ours = (
        HOME / "uv" / hashlib.sha256((LOCKS / "starter.txt").read_bytes()).hexdigest()[:12] / "uv"
    )
    if ours.exists():
        return str(ours)
    ours.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=HOME) as folder:
        part, quiet = Path(folder), {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        pip = [str(part / "bin/python"), "-m", "pip", "install", "-q", "--require-hashes"]
        made = subprocess.run([sys.executable, "-m", "venv", folder], check=False, **quiet)  # type: ignore[call-overload]
        if made.returncode == 0:
            made = subprocess.run([*pip, "-r", str(LOCKS / "starter.txt")], check=False)
        if made.returncode == 0:
            shutil.copy(part / "bin/uv", part / "uv")
        elif index():
            wheel(part)
        else:
            debian(part)
        (part / "uv").chmod(0o755)
        (part / "uv").replace(ours)
    return str(ours)


def environment(lock: str, env: dict[str, str], *, sources: bool = False) -> str:
    """Return the Python of the lock's environment; where nothing changed, nothing is asked of uv.

    `sources` lets uv build what is not published as a wheel, which pyspark is not.
    """
    place, stamp = HOME / f"env-{lock}", HOME / f"env-{lock}.stamp"
    made_of = hashlib.sha256(
        (LOCKS / f"{lock}.txt").read_bytes() + sys.version.encode()
    ).hexdigest()
    python = str(place / "bin/python")
    if not (stamp.exists() and stamp.read_text() == made_of and Path(python).exists()):
        HOME.mkdir(parents=True, exist_ok=True)
        stamp.unlink(missing_ok=True)
        print(f"run.py: preparing {place} (once, and after the lock changes)", file=sys.stderr)
        build = [uv(), "venv", "-q", "--clear", "--python", sys.executable, str(place)]
        sync = [uv(), "pip", "sync", "--python", python, "--require-hashes"]
        sync += [] if sources else ["--no-build"]
        for step in (build, [*sync, str(LOCKS / f"{lock}.txt")]):
            if subprocess.run(step, env=env, check=False).returncode:
                raise SystemExit(CURES)
        stamp.write_text(made_of)
    return python


def lock(env: dict[str, str]) -> None:
    """Write every lock anew: names, versions and hashes, no address, for all platforms."""
    make = [uv(), "pip", "compile", "--universal", "--generate-hashes", "--upgrade", "-q"]
    plain = ["--no-header", "--no-annotate", "--python-version", "3.11"]
    project = str(ROOT / "pyproject.toml")
    groups = f"{ROOT / 'pyproject.toml'}:"
    for name, asked in {
        "demo": [project],
        "test": [project, "--group", f"{groups}test"],
        "engines": [
            project,
            "--extra",
            "spark",
            "--extra",
            "clickhouse",
        ],  # `validate engines` alone
        "survey": ["--group", f"{groups}survey"],  # the bench's alone, as the next
        "peers": ["--group", f"{groups}peers"],  # the bench's alone: nothing of the product
    }.items():
        write = ["-o", str(LOCKS / f"{name}.txt")]
        subprocess.run([*make, *plain, *asked, *write], env=env, check=True)


def surroundings() -> dict[str, str]:
    """Return what uv and a verb's Python find around them."""
    env = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "PYTHONPATH": str(ROOT)}
    if certificates():
        env.setdefault("UV_SYSTEM_CERTS", "1")
    if index():
        env["UV_DEFAULT_INDEX"] = index()
    return env


def main(arguments: list[str]) -> None:
    """Prepare the environment of the verb and hand over to it."""
    if not arguments or arguments[0] not in VERBS:
        print("python3 run.py VERB [options]     (VERB --help says more)\n")
        print("\n".join(f"  {verb:12} {line}" for verb, (_, _, line) in VERBS.items()))
        raise SystemExit(0 if arguments[:1] in ([], ["--help"], ["-h"], ["help"]) else 2)
    if sys.version_info < (3, 11) or os.name == "nt":
        raise SystemExit("run.py: needs Python 3.11 or newer on Linux or macOS; on Windows use WSL")
    env = surroundings()
    name, command, _ = VERBS[arguments[0]]
    if not name:
        lock(env)
        return
    python = environment(name, env)
    if name == "test":
        os.chdir(ROOT)
    os.execve(python, [python, *command, *arguments[1:]], env)


if __name__ == "__main__":
    main(sys.argv[1:])
