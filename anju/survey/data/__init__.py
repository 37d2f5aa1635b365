"""The library of scales and questionnaires that the package ships, as data; no company's rows."""
