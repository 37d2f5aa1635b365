"""A snapshot on disk: one folder a digest, written aside and moved, read only as it was written."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from anju.kernel.pure.later import later
from anju.tally.columns.small import NAMES, SCHEME, Small

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as parquet
else:
    pa = later("pyarrow")
    parquet = later("pyarrow.parquet")

ANSWERS, MANIFEST = "answers", "manifest.json"


@dataclass(frozen=True, slots=True)
class _Manifest:
    """What a snapshot says of itself: its scheme, its main item, and the hash of every file."""

    scheme: int
    main: int | None
    files: Mapping[str, str]


def write(folder: Path, answers: pa.Table, small: Small) -> str:
    """Write a snapshot under its digest inside a folder; return the digest.

    What is read is either whole or not there: files are written to a folder aside, flushed, and
    moved at once. The same content gives the same digest; what is damaged there is written anew.
    """
    partial = folder / f"{uuid4().hex}.partial"
    partial.mkdir(parents=True)
    try:
        tables = {ANSWERS: answers, **{name: getattr(small, name) for name in NAMES}}
        hashes = {
            name: _written(partial / f"{name}.parquet", table) for name, table in tables.items()
        }
        said = json.dumps({"scheme": SCHEME, "main": small.main, "files": hashes}, sort_keys=True)
        _flushed(partial / MANIFEST, said.encode())
        digest = hashlib.sha256(said.encode()).hexdigest()
        if read_answers(folder, digest) is None or read_small(folder, digest) is None:
            shutil.rmtree(folder / digest, ignore_errors=True)  # damaged, or not there
            partial.replace(folder / digest)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return digest


def read_small(folder: Path, digest: str) -> Small | None:
    """Return the small tables of a snapshot; None where it is gone, damaged or of another scheme."""
    said = _manifest(folder / digest, digest)
    if said is None or said.scheme != SCHEME:
        return None
    found: dict[str, pa.Table] = {}
    for name in NAMES:
        table = _read(folder / digest / f"{name}.parquet", said.files[name])
        if table is None:
            return None
        found[name] = table
    return Small(**found, main=said.main)


def read_answers(folder: Path, digest: str) -> pa.Table | None:
    """Return the sorted answers of a snapshot, or None as `read_small`."""
    said = _manifest(folder / digest, digest)
    if said is None:
        return None
    return _read(folder / digest / f"{ANSWERS}.parquet", said.files[ANSWERS])


def drop_others(folder: Path, digest: str) -> int:
    """Remove every snapshot of a folder but one; return how many went."""
    others = [one for one in folder.glob("*") if one.name != digest] if folder.is_dir() else []
    for one in others:
        shutil.rmtree(one, ignore_errors=True)
    return len(others)


def _manifest(folder: Path, digest: str) -> _Manifest | None:
    try:
        said = (folder / MANIFEST).read_bytes()
    except OSError:
        return None
    if hashlib.sha256(said).hexdigest() != digest:
        return None
    found = json.loads(said)
    return _Manifest(found["scheme"], found["main"], found["files"])


def _written(path: Path, table: pa.Table) -> str:
    out = pa.BufferOutputStream()
    parquet.write_table(table, out, compression="zstd")
    data = out.getvalue().to_pybytes()
    _flushed(path, data)
    return hashlib.sha256(data).hexdigest()


def _flushed(path: Path, data: bytes) -> None:
    with path.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _read(path: Path, digest: str) -> pa.Table | None:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    if hashlib.sha256(data).hexdigest() != digest:
        return None
    return parquet.read_table(pa.BufferReader(data))
