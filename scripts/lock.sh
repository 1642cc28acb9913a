#!/usr/bin/env bash
# Writes the lock files from pyproject.toml: the newest versions that fit, with the hashes of every
# file of each release, for Python 3.11 and newer on every platform. Needs uv (pip install uv).
# The files name no index: each person's own pip settings say where packages come from.
#
#   scripts/lock.sh             take up newer versions
#   scripts/lock.sh --keep      keep the versions as they are, after a change in pyproject.toml
set -euo pipefail
cd "$(dirname "$0")/.."

upgrade=(--upgrade)
if [ "${1:-}" = --keep ]; then upgrade=(); fi

lock() {
  local file=$1
  shift
  uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
    --no-header --no-annotate "${upgrade[@]}" "$@" --output-file "$file" pyproject.toml >/dev/null
  sed -i '1i # Written by scripts/lock.sh from pyproject.toml.' "$file"
}

lock requirements.lock
lock requirements-dask.lock --constraint requirements.lock --extra dask
lock requirements-bench.lock --constraint requirements.lock --group bench
lock requirements-test.lock --constraint requirements.lock --group test
(cd tests/validators && npm install --package-lock-only --ignore-scripts \
  --omit-lockfile-registry-resolved --no-audit --no-fund)
