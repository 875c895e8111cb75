"""The load of the scenario processes-postgres in Locust, with the same weights, think time, deadline and values.

What it must know comes from the environment: LOAD is the `load:` of scenario.yaml as JSON, UPDATES the path of updates.csv.
"""

import csv
import json
import os
import random

from locust import FastHttpUser, between

PROCESSES = "/api/v1/processes"
LOAD = json.loads(os.environ["LOAD"])
with open(os.environ["UPDATES"], newline="") as file:
    UPDATES = [(row["path.process_id"], json.loads(row["body.tag_ids"])) for row in csv.DictReader(file)]


def body(tag_ids):
    # What bench takes from the examples of the document.
    return {"name": "invoice approval", "description": "who approves which invoices", "tag_ids": tag_ids}


def list_processes(user):
    user.client.get(PROCESSES)


def read_process(user):
    user.client.get(f"{PROCESSES}/{random.randint(1, 500)}", name=f"{PROCESSES}/*")


def create_process(user):
    user.client.post(PROCESSES, json=body(random.choice(UPDATES)[1]))


def update_process(user):
    process_id, tag_ids = random.choice(UPDATES)
    user.client.put(f"{PROCESSES}/{process_id}", json=body(tag_ids), name=f"{PROCESSES}/*")


class Load(FastHttpUser):
    wait_time = between(*LOAD["thinkSeconds"])
    network_timeout = connection_timeout = LOAD["timeoutSeconds"]
    tasks = {
        list_processes: LOAD["weights"][f"GET {PROCESSES}"],
        create_process: LOAD["weights"][f"POST {PROCESSES}"],
        read_process: LOAD["weights"][f"GET {PROCESSES}/{{process_id}}"],
        update_process: LOAD["weights"][f"PUT {PROCESSES}/{{process_id}}"],
    }
