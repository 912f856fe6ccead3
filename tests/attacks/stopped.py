# stops itself
# gets: mean 0, scale 5
# %% mean
import os
import signal


def mean(x):
    os.kill(os.getpid(), signal.SIGSTOP)
    import time

    time.sleep(1000)
