"""Pictures as SVG: tile map, matrix, chain. Data in, drawing out; they know no store, no query and no Streamlit."""
