# One image for every process of the site; settings come from the environment (.env.example).
FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    STATIC_ROOT=/srv/dan-van/staticfiles \
    MEDIA_ROOT=/srv/dan-van/media

RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin danvan

WORKDIR /srv/dan-van/app

# What WeasyPrint draws the desk's PDF with, and Tinos, letters of Times New Roman's widths.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
       libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-croscore \
    && rm -rf /var/lib/apt/lists/*

# Libraries first: they change less often than the code.
COPY requirements.txt .
RUN pip install --require-hashes -r requirements.txt

COPY . .
# The code stays root's: a process that is taken over cannot rewrite it.
RUN python -m compileall -q portal units reports \
    && SECRET_KEY=only-for-the-build python manage.py collectstatic --noinput -v 0 \
    && mkdir -p "$MEDIA_ROOT" && chown 10001:101 "$MEDIA_ROOT"

# Group 101 is nginx in its image: it reads what we write (0640), everybody else does not.
USER 10001:101
VOLUME ["/srv/dan-van/media"]
EXPOSE 8000

HEALTHCHECK --interval=15s --timeout=5s --start-period=20s \
    CMD ["python", "deploy/healthy.py"]

# WEB_CONCURRENCY sets the number of workers; two a core is a good start.
CMD ["gunicorn", "portal.wsgi:application", "--bind", "0.0.0.0:8000", "--no-control-socket", \
     "--worker-tmp-dir", "/dev/shm", "--max-requests", "5000", "--max-requests-jitter", "500", \
     "--access-logfile", "-"]
