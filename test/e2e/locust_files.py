"""Whether the CSV files that bench writes in Locust's form say the same as results.json, both read by pandas.

    python3 locust_files.py FOLDER
"""

import json
import sys
from pathlib import Path

import pandas

folder = Path(sys.argv[1])
(cell,) = json.loads((folder / "results.json").read_text())["cells"]
stats = pandas.read_csv(folder / "locust_stats.csv").set_index("Name")
history = pandas.read_csv(folder / "locust_stats_history.csv")
failures = pandas.read_csv(folder / "locust_failures.csv")
seconds = cell["window"]["durationMs"] / 1000


def failed(part):
    return part["counts"]["planned"] - part["counts"]["succeeded"]


def same(what, found, expected):
    assert abs(found - expected) <= 0.001 + 0.001 * abs(expected), f"{what}: {found}, not {expected}"


def agree(name, row, part):
    response = part["latencyMs"]["response"]
    assert row["Request Count"] == part["counts"]["planned"], name
    assert row["Failure Count"] == failed(part), name
    same(f"{name} requests/s", row["Requests/s"], part["achievedRps"] + failed(part) / seconds)
    for column, figure in {"50%": "p50", "95%": "p95", "99%": "p99", "99.9%": "p999", "100%": "max"}.items():
        same(f"{name} {column}", row[column], response[figure])
    for column, figure in {"Average": "mean", "Min": "min", "Max": "max"}.items():
        same(f"{name} {column}", row[f"{column} Response Time"], response[figure])


operations = cell["subject"]["operations"]
for operation, part in zip(operations, cell["byOperation"], strict=True):
    agree(operation["id"], stats.loc[operation["path"]], part)
agree("Aggregated", stats.loc["Aggregated"], cell)
assert history["Total Request Count"].iloc[-1] == cell["counts"]["planned"]
assert history["Total Failure Count"].iloc[-1] == failed(cell)
assert failures["Occurrences"].sum() == failed(cell)
print(f"{len(stats)} rows agree")
