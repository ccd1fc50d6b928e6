#!/bin/sh
# The morning report: what is due, and what is new and gone since the last working day. Set the first two lines.
# As a file: morning.sh > "$HOME/morning.txt"
# As a notification when something is wrong: morning.sh > "$HOME/morning.txt" || notify-send deliver "$(head -n 1 "$HOME/morning.txt")"
# Exits as `deliver status --exit-code` does: 0 nothing overdue, 4 something is, 1 errors in the data.
set -u
PRACTICE=${PRACTICE:-$HOME/practice}
PATH=$HOME/.local/bin:/usr/local/bin:$PATH

# On Monday the last working day was Friday.
if [ "$(date +%u)" -eq 1 ]; then since=-3d; else since=yesterday; fi

deliver -C "$PRACTICE" status --exit-code
code=$?
# Anything but a report is told, and ends it.
if [ "$code" -ne 0 ] && [ "$code" -ne 1 ] && [ "$code" -ne 4 ]; then exit "$code"; fi

echo
# Without a commit of that day there is nothing to compare with, and that is no failure.
deliver -C "$PRACTICE" status --since "$since" || true
exit "$code"
