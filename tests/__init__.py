"""Tests that belong to no single room: the architecture, the papers, whole stories, the gate."""
