"""The page: Streamlit widgets and what belongs to them. Streamlit is imported nowhere else."""
