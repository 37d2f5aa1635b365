"""An owner lets herself be told through the company's official account, or no more; off by default."""
