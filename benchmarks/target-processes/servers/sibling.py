"""One of several servers that share a port (SO_REUSEPORT) and know nothing of one another.

python sibling.py PORT IDLE, where IDLE is the share of a core that it uses all the time, in percent.
"""

import asyncio
import sys

import app


async def answer(reader, writer):
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            path = head.split(b" ")[1].decode()
            app.note(path, int(sys.argv[1]))
            if path == "/work":
                app.burn(app.WORK_SECONDS)
            body = app.DOCUMENT if path == "/openapi.json" else b"{}"
            kind = b"content-type: application/json"
            writer.write(b"HTTP/1.1 200 OK\r\n%s\r\ncontent-length: %d\r\n\r\n%s" % (kind, len(body), body))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def main():
    await asyncio.start_server(answer, "127.0.0.1", int(sys.argv[1]), reuse_port=True)
    while True:
        app.burn(float(sys.argv[2]) / 1000)
        await asyncio.sleep(0.1 - float(sys.argv[2]) / 1000)


asyncio.run(main())
