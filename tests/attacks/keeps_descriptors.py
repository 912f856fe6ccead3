# reads and writes whatever file or socket was left open
# gets: mean 0, scale 5
# %% mean
import os

for number in range(256):
    try:
        kind = os.fstat(number).st_mode
        os.write(number, b"LEAKED")
    except OSError:
        pass
os._exit(0)

# %% own
pass
