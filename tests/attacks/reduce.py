# an object with a hostile __reduce__
# gets: mean 0, scale 5
# says: Hostile
# %% mean
class Hostile:
    def __reduce__(self):
        return (print, ("run by the judge",))


def mean(x):
    return Hostile()
