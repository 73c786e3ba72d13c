#!/usr/bin/env bash
# Run a command with DATABASE_URL at a PostgreSQL that exists for the command only: tests/postgres.sh pytest …
# TEST_DATABASE_URL names a server to use instead. Ends with 77 when there is neither a server nor its programs.
set -euo pipefail

if [ -n "${TEST_DATABASE_URL:-}" ]; then
	DATABASE_URL=$TEST_DATABASE_URL exec "$@"
fi

bin=""
for place in $(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin 2>/dev/null | sort -Vr) "$(dirname "$(command -v initdb || echo /none/initdb)")"; do
	if [ -x "$place/initdb" ] && [ -x "$place/postgres" ]; then
		bin=$place
		break
	fi
done
[ -n "$bin" ] || exit 77
export PATH=$PATH:$bin # pg_dump and pg_restore, with which the checks keep a migrated database

dir=$(mktemp -d /tmp/stins-postgres.XXXXXX)
as=()
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root
	owner=nobody
	! id postgres >/dev/null 2>&1 || owner=postgres
	chown "$owner" "$dir"
	as=(runuser -u "$owner" --)
fi
stop() {
	(cd / && "${as[@]}" "$bin/pg_ctl" -D "$dir/data" -m immediate -s stop >/dev/null 2>&1) || true
	rm -rf "$dir"
}
trap stop EXIT
trap 'exit 130' INT TERM

# Nothing here outlives the command, so it need not survive a power cut: no fsync. Only a socket in the
# scratch folder is open, no port.
(
	cd /
	"${as[@]}" "$bin/initdb" -D "$dir/data" -U stins -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/log" 2>&1 &&
		"${as[@]}" "$bin/pg_ctl" -D "$dir/data" -w -s -l "$dir/data/log" \
			-o "-k $dir -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off" start
) || {
	cat "$dir/log" "$dir/data/log" >&2 2>/dev/null || true
	echo "PostgreSQL in $bin did not start." >&2
	exit 1
}

DATABASE_URL="postgres://stins@/stins?host=$dir" "$@"
