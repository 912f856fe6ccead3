# starts a process that outlives it
# gets: mean 0, scale 5
# says: Operation not permitted
# %% mean
import subprocess

subprocess.Popen(["sleep", "1000"], start_new_session=True)
