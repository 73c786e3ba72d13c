#!/usr/bin/env bash
# What can be said of the code without running it: style, templates, import contracts, types.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
failed=0

check() {
	printf '  %s\n' "$1"
	shift
	local words
	words=$("$@" 2>&1) || {
		printf '%s\n' "$words" | tail -n 60
		failed=1
	}
}

check "ruff" $bin/ruff check --quiet .
check "ruff format" $bin/ruff format --quiet --check .
mapfile -d '' templates < <(find accounts cms curriculum programmes -name '*.html' -print0)
[ ${#templates[@]} = 0 ] || check "djade" $bin/djade --target-version 5.2 --check "${templates[@]}"
check "import contracts" $bin/lint-imports --no-cache
check "mypy" $bin/mypy --no-error-summary
exit $failed
