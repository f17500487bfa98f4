# syntax=docker/dockerfile:1
# The same start command as everywhere: `touchstone serve`. It needs DATABASE_URL, TOUCHSTONE_SECRET
# and TOUCHSTONE_PUBLIC_URL, and says so when one is missing.
FROM python:3.13-slim AS build
WORKDIR /app
RUN python -m venv /app/.venv
COPY requirements.lock ./
RUN /app/.venv/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements.lock
COPY pyproject.toml README.md ./
COPY api ./api
COPY domain ./domain
COPY migrations ./migrations
COPY openapi ./openapi
RUN /app/.venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation -e .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --create-home touchstone
COPY --from=build /app /app
WORKDIR /app
USER 10001
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    TOUCHSTONE_ENV=production \
    TOUCHSTONE_HOST=0.0.0.0 \
    TOUCHSTONE_PORT=8000
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"TOUCHSTONE_PORT\"]}/health/live', timeout=2)"]
STOPSIGNAL SIGTERM
CMD ["touchstone", "serve"]
