#!/usr/bin/env bash
# Every check, one after the other; what failed and what was left out stand in the last lines.
# REQUIRE_POSTGRES=1 and REQUIRE_BROWSER=1 make it a failure to leave those out; AUDIT=1 asks for known weaknesses too,
# and EVERYTHING=1 walks every address on PostgreSQL as well.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
export DJANGO_SETTINGS_MODULE=config.settings.test
failed=()
left_out=()

part() {
	local name=$1 started=$SECONDS
	shift
	printf '\n== %s\n' "$name"
	"$@"
	local code=$?
	printf '   %s s\n' $((SECONDS - started))
	return $code
}

without() { # what is left out, why, and whether it must not be
	if [ "${3:-}" = 1 ]; then failed+=("$1: $2"); else left_out+=("$1: $2"); fi
}

find_chromium() {
	local name
	for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
		[ -n "$name" ] && command -v "$name" && return
	done
	return 1
}

part "Lint" tests/lint.sh || failed+=("lint")

# A machine's own settings are not for the checks, which make and drop databases.
unset DATABASE_URL DEMO DEBUG CACHE_URL EMAIL_URL MEDIA_ROOT
part "Tests, SQLite" $bin/pytest -q -n 2 -m "not e2e" || failed+=("tests on SQLite")
command -v xgettext >/dev/null || left_out+=("that every text is in the catalogue: gettext is not installed (apt install gettext)")

# The same on PostgreSQL; to walk every address, and load the demo and the curriculum in every way, once is enough for the time there is, and what asks no
# database has been asked.
asked="not e2e and not walk and not alike and not page"
[ "${EVERYTHING:-}" = 1 ] && asked="not e2e"
part "Tests, PostgreSQL" tests/postgres.sh $bin/pytest -q -n 2 -m "$asked"
case $? in
0) [ "$asked" = "not e2e" ] || left_out+=("on PostgreSQL: the walks through every address, the demo and the curriculum loaded in every way, and the tests of pages (EVERYTHING=1 asks them there too)") ;;
77) without "tests on PostgreSQL" "no server is installed (apt install postgresql) and TEST_DATABASE_URL is not set" "${REQUIRE_POSTGRES:-}" ;;
*) failed+=("tests on PostgreSQL") ;;
esac

if ! find_chromium >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	printf '\nInstalling chromium …\n'
	{ apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y chromium; } >/dev/null 2>&1
fi
if CHROMIUM=$(find_chromium); then
	export CHROMIUM
	part "Tests in a browser" $bin/pytest -q -n 2 -m e2e tests/e2e || failed+=("tests in a browser")
else
	without "tests in a browser" "Chromium is not found (apt install chromium)" "${REQUIRE_BROWSER:-}"
fi

if [ "${AUDIT:-}" = 1 ]; then
	part "Known weaknesses" tests/audit.sh
	case $? in
	0) ;;
	77) left_out+=("known weaknesses in the packages: their database could not be reached") ;;
	*) failed+=("known weaknesses in the packages") ;;
	esac
else
	left_out+=("known weaknesses in the packages: set AUDIT=1, or make audit")
fi

printf '\n'
for item in "${left_out[@]}"; do printf 'Left out: %s\n' "$item"; done
for item in "${failed[@]}"; do printf 'FAILED: %s\n' "$item"; done
[ ${#failed[@]} = 0 ] && printf 'All checks passed in %s s.\n' "$SECONDS"
