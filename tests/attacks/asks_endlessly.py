# asks, and does not listen
# gets: mean 0, scale 5
# %% mean
import os
import struct

from mathml.grader.wire import pack


def send(*message):
    written = pack(list(message))
    for number in range(3, 64):
        try:
            os.write(number, struct.pack(">Q", len(written)) + written)
        except OSError:
            pass


while True:
    send("ask", "len", [pack([])], {})


def mean(x):
    return 0
