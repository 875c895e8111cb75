"""The API of api.js for ASGI servers. Where it logs and how long it works comes from the environment."""

import json
import os
import time
from pathlib import Path

DOCUMENT = (Path(__file__).parent / "openapi.json").read_bytes()
WORK_SECONDS = float(os.environ["CHECK_BURN"]) / 1000


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return
    path = scope["path"]
    note(path, scope["server"][1])
    if path == "/work":
        burn(WORK_SECONDS)
    body = DOCUMENT if path == "/openapi.json" else b"{}"
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def note(path, port):
    line = {"atMs": time.time() * 1000, "pid": os.getpid(), "port": port, "path": path}
    with open(os.environ["CHECK_LOG"], "a") as log:
        log.write(json.dumps(line) + "\n")


def burn(seconds):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass
