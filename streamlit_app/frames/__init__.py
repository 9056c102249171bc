"""Pure aggregations over the mirror's tables: frames in, frames out, nothing of Streamlit, no clock."""
