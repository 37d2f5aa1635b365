"""Static files named by content and compressed; references inside vendored files stay as they are."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class GatheredStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Renames and compresses; rewrites nothing, for our styles name no other file."""

    patterns = ()
