# The image of web, worker and beat; neither the tests nor the embedded servers are in it.
FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
COPY requirements requirements
RUN python -m venv /venv && /venv/bin/pip install --require-hashes --requirement requirements/base.txt
COPY . .
# Building the pages' files reads the settings but reaches no server. A release has what comes from npm in it; a checkout fetches that.
RUN export SECRET_KEY=none DATABASE_URL=postgres://none@none/none REDIS_URL=redis://none PYTHONPATH=/node \
    && if [ ! -f build/release.json ]; then \
        pip install --require-hashes --target /node --requirement requirements/node.txt && /venv/bin/python manage.py build_frontend; \
    fi \
    && /venv/bin/python manage.py compile_words \
    && /venv/bin/python manage.py collectstatic --noinput --verbosity=0 \
    && /venv/bin/python -m compileall -q . \
    && rm -rf frontend/node_modules

FROM python:3.13-slim
RUN apt-get update && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home vigil && install --directory --owner=vigil --mode=0700 /data/files /data/disposals /data/anchor
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1
WORKDIR /app
USER vigil
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--config=python:config.gunicorn", "--bind=0.0.0.0:8000", "--workers=4", "--threads=4", "--worker-tmp-dir=/tmp", "--no-control-socket"]
