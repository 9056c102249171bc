"""The check-in page for tablets: routes beside Streamlit, because it must go on working when the connection drops."""
