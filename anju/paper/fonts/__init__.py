"""The two fonts of our paper, cut from Noto Sans CJK under the OFL."""

from pathlib import Path

FOLDER = Path(__file__).parent
