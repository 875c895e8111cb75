#!/bin/sh
# Makes plot.txt again: a run of the shipped FastAPI scenario, then what a terminal of 120 columns shows of it.
# From the root of a clone, after npm ci and npm run build: docs/recordings/make-plot.sh [a stored run of that scenario]
set -eu
run=${1:-.tmp/recorded_run}
[ -d "$run" ] || node bin/bench.js run --scenario fastapi-sqlite --rates 200 1000 --workers 1 2 --duration 5s --out "$run" || true
script --quiet --return --command \
  "stty cols 120; LC_ALL=C.UTF-8 node bin/bench.js plot $run --view charts --no-html --no-color" /dev/null |
  tr -d '\r' > docs/recordings/plot.txt
