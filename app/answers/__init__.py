"""What the pages say: from the queries' answers to sentences, pictures, tables and quotes. Nothing here knows Streamlit's pages."""
