"""Parts of the screen that are clicked and answer: pictures, the graph picture, the annotated text. Components v2 of Streamlit."""
