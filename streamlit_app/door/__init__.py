"""The door of the dashboards: who may come in, how long, and what the browser may load. No data passes without it."""
