"""Starts a program as daemons of old do: fork, a session of its own, fork, and the parent is gone.

python daemon.py PROGRAM ARGUMENT…
"""

import os
import sys

if os.fork() > 0:
    os._exit(0)
os.setsid()
if os.fork() > 0:
    os._exit(0)
os.execvp(sys.argv[1], sys.argv[1:])
