"""The `anju` command."""
