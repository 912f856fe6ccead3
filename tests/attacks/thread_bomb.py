# threads without end
# gets: mean 0, scale 5
# %% mean
import threading
import time

while True:
    threading.Thread(target=time.sleep, args=(1000,)).start()
