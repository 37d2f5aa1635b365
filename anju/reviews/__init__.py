"""The meetings and sheets that run the office: daily stocktake, weekly meeting, monthly report."""
