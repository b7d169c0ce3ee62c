#!/bin/sh
# What `make run` does once the libraries are there: prepare the data, say the logins, serve.
# Runs again in seconds and keeps what was written. BIN and PORT come from the Makefile.
set -eu

mkdir -p var
[ -s var/secret ] || "$BIN/python" -c 'import secrets; print(secrets.token_urlsafe(50))' > var/secret
chmod 600 var/secret

SECRET_KEY=$(cat var/secret)
SITE_URL="http://127.0.0.1:$PORT"
ALLOWED_HOSTS="127.0.0.1,localhost"
DEBUG=0
DEMO=1
export SECRET_KEY SITE_URL ALLOWED_HOSTS DEBUG DEMO

"$BIN/python" manage.py prepare_demo
exec "$BIN/gunicorn" portal.wsgi:application \
    --bind "127.0.0.1:$PORT" --workers 2 --no-control-socket \
    --log-level warning --access-logfile /dev/null
