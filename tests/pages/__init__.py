"""Pages in a real Chromium: measured, judged by axe, photographed."""
