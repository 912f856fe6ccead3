# swallows every interruption, for ever
# gets: mean 0, scale 5
# says: it took too long
# %% mean
import signal

for number in range(1, 32):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass


def mean(x):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
