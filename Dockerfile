# The image that serves, schedules and curates: `vitrine`, the Prefect server and the worker are one installation.
FROM python:3.12-slim

# The version of uv decides nothing in the image: what it installs is in the lock, with hashes.
COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /usr/local/bin/uv

RUN useradd --create-home --uid 1000 vitrine \
    && install --directory --owner vitrine --group vitrine /app /releases /prefect
USER vitrine
WORKDIR /app

# Kernels are compiled once and kept; Prefect keeps its database in a folder of its own.
ENV VIRTUAL_ENV=/app/.venv \
    PATH=/app/.venv/bin:$PATH \
    NUMBA_CACHE_DIR=/home/vitrine/.cache/numba \
    PREFECT_HOME=/prefect \
    PREFECT_SERVER_ANALYTICS_ENABLED=false \
    DO_NOT_TRACK=1

# First what seldom changes: the lock alone, so that a change of our own code leaves this layer as it is. The lock is
# complete, so nothing may be added to it: one package asks for another that it must not get (see pyproject.toml).
COPY --chown=vitrine:vitrine requirements.lock ./
RUN uv venv "$VIRTUAL_ENV" && uv pip install --no-cache --no-deps --require-hashes -r requirements.lock

# Not a copy in site-packages but this folder itself: a release names the digest of the lock that lies in it.
COPY --chown=vitrine:vitrine pyproject.toml README.md LICENSE prefect.yaml ./
COPY --chown=vitrine:vitrine rights rights
COPY --chown=vitrine:vitrine filters filters
COPY --chown=vitrine:vitrine pipelines pipelines
COPY --chown=vitrine:vitrine provenance provenance
COPY --chown=vitrine:vitrine datasheets datasheets
COPY --chown=vitrine:vitrine flows flows
COPY --chown=vitrine:vitrine vitrine vitrine
RUN uv pip install --no-cache --no-deps --editable .

ENTRYPOINT []
CMD ["vitrine", "--help"]
