"""Documents to print or to take along: what a sheet says (``sheet``), as PDF (``pdf``) and for Word (``docx``)."""
