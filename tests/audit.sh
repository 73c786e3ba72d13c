#!/usr/bin/env bash
# Ask for known weaknesses in what Stins runs on (pip-audit, in an environment of its own). Exit 77: could not be asked.
set -uo pipefail
cd "$(dirname "$0")/.."
folder=var/audit

if [ ! -x $folder/bin/pip-audit ]; then
	.venv/bin/python -m venv $folder && $folder/bin/pip install -qq --disable-pip-version-check pip-audit==2.10.1 || {
		echo "pip-audit could not be installed." >&2
		exit 77
	}
fi
words=$(timeout 120 $folder/bin/pip-audit --disable-pip --require-hashes -r requirements.txt 2>&1)
code=$?
printf '%s\n' "$words"
case $words in *"No known vulnerabilities"*) exit 0 ;; *Name*Version*ID*) exit 1 ;; esac
[ $code = 0 ] && exit 0
exit 77
