"""Printing: laid-out documents as PDF, page and workbook, and charts as SVG; no word of a survey."""
