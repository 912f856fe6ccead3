# leaves a thread behind
# gets: mean 10, scale 5
# %% mean
def mean(x):
    return sum(x) / len(x)


import threading
import time


def go_on():
    while True:
        time.sleep(0.01)


threading.Thread(target=go_on).start()
