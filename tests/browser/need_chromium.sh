#!/bin/sh
# Finds a browser for the browser tests, installs Debian's where that is possible, or says one line.
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium…"
    (apt-get update && apt-get install -y --no-install-recommends chromium) >/dev/null 2>&1
fi
command -v chromium >/dev/null 2>&1 || echo "Chromium is missing, so the browser tests are skipped: apt-get install chromium"
exit 0
