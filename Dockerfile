# The explorer in a container: docker build -t policygraph . && docker run --rm -p 127.0.0.1:8501:8501 -v policygraph-data:/data policygraph
# It keeps its graph in /data, on the embedded server, or on the Neo4j that NEO4J_URI names (compose.yaml runs the two together).
FROM python:3.11-slim

# Pictures and PDF pages are drawn with a Chinese font of the system.
RUN apt-get update \
    && apt-get install -y --no-install-recommends fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /opt/policygraph
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY app app
COPY data data
COPY graph graph
COPY loaders loaders
COPY queries queries
RUN pip install --no-cache-dir -c constraints.txt . \
    && useradd --create-home --uid 1000 policygraph \
    && install -d -o policygraph /data

USER policygraph
WORKDIR /data
ENV POLICYGRAPH_HOME=/data
VOLUME /data
EXPOSE 8501
# All addresses of the container, which alone can be reached through the published port; publish it on 127.0.0.1.
CMD ["policygraph", "explore", "--host", "0.0.0.0", "--port", "8501"]
