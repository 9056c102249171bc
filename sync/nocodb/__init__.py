"""The only place that knows NocoDB's HTTP."""
