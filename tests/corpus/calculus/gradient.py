# %% right: the broken code, mended
def gradient(f, X):
    X = np.array(X, dtype=float)
    slopes = np.zeros_like(X)
    for i in range(X.size):
        h = 1e-5 * max(1, abs(X.flat[i]))
        up, down = X.copy(), X.copy()
        up.flat[i] += h
        down.flat[i] -= h
        slopes.flat[i] = (f(up) - f(down)) / (2 * h)
    return slopes


# %% right: rows of the identity as steps, as a list
def gradient(f, X):
    def slope(step, h):
        move = h * step.reshape(X.shape)
        return (f(X + move) - f(X - move)) / (2 * h)

    steps = 1e-5 * np.maximum(1, np.abs(X.ravel()))
    return np.reshape([slope(e, h) for e, h in zip(np.eye(X.size), steps)], X.shape).tolist()


# %% right: one copy, where each weight is put back
def gradient(f, X):
    moved, slopes = X.astype(float), np.empty(X.shape)
    for place, weight in np.ndenumerate(X):
        h = 1e-5 * max(1.0, abs(weight))
        moved[place] = weight + h
        above = f(moved)
        moved[place] = weight - h
        below = f(moved)
        moved[place] = weight
        slopes[place] = (above - below) / (2 * h)
    return slopes


# %% right: into the depth, axis by axis
def gradient(f, X):
    if X.ndim == 0:
        h = 1e-5 * max(1, abs(float(X)))
        return (f(X + h) - f(X - h)) / (2 * h)

    def with_part(i, part):
        whole = X.astype(float)
        whole[i] = part
        return f(whole)

    return np.array([gradient(lambda part, i=i: with_part(i, part), np.asarray(X[i])) for i in range(len(X))])


# %% wrong: nothing mended
# hint: nothing is mended yet
def gradient(f, X):
    h = 1e-5
    slopes = np.zeros(len(X))
    for i in range(len(X)):
        up, down = X, X
        up[i] += h
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / (2 * h)
    return slopes


# %% wrong: every weight, but no copy
# hint: up and down are the same array as X
def gradient(f, X):
    slopes = np.zeros(X.shape)
    for place in np.ndindex(X.shape):
        h = 1e-5 * max(1, abs(X[place]))
        up, down = X, X
        up[place] += h
        down[place] -= h
        slopes[place] = (f(up) - f(down)) / (2 * h)
    return slopes


# %% wrong: a copy, but whole rows
# hint: a whole row has moved: one weight
def gradient(f, X):
    slopes = np.zeros(len(X))
    for i in range(len(X)):
        h = 1e-5 * np.maximum(1, np.abs(X[i]).max())
        up, down = X.astype(float), X.astype(float)
        up[i] += h
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / (2 * h)
    return slopes


# %% wrong: whole rows, in a table
# hint: a whole row has moved at once
def gradient(f, X):
    slopes = np.zeros(X.shape)
    for i in range(len(X)):
        h = 1e-5
        up, down = X.astype(float), X.astype(float)
        up[i] += h
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / (2 * h)
    return slopes


# %% wrong: one flat row of slopes
# hint: give them the shape of X
def gradient(f, X):
    slopes = []
    for place in np.ndindex(X.shape):
        step = np.zeros(X.shape)
        step[place] = 1e-5 * max(1, abs(X[place]))
        slopes.append((f(X + step) - f(X - step)) / (2 * step[place]))
    return slopes


# %% wrong: divides by h
# hint: up and down are 2h apart
def gradient(f, X):
    slopes = np.zeros(X.shape)
    for place in np.ndindex(X.shape):
        step = np.zeros(X.shape)
        step[place] = 1e-5 * max(1, abs(X[place]))
        slopes[place] = (f(X + step) - f(X - step)) / step[place]
    return slopes


# %% wrong: copies whole numbers as whole numbers
# hint: what is moved must hold floats
def gradient(f, X):
    slopes = np.zeros(X.shape)
    for place in np.ndindex(X.shape):
        h = 1e-5 * max(1, abs(X[place]))
        up, down = X.copy(), X.copy()
        up[place] += h
        down[place] -= h
        slopes[place] = (f(up) - f(down)) / (2 * h)
    return slopes


# %% wrong: the slopes are whole numbers, too
# hint: What follows the decimal point was cut off
def gradient(f, X):
    slopes = np.zeros(X.shape, dtype=int)
    for place in np.ndindex(X.shape):
        step = np.zeros(X.shape)
        step[place] = 1e-5 * max(1, abs(X[place]))
        slopes[place] = round((f(X + step) - f(X - step)) / (2 * step[place]), 6)
    return slopes


# %% wrong: one step for all weights
# hint: a large weight needs a larger step
def gradient(f, X):
    slopes, h = np.zeros(X.shape), 1e-5
    for place in np.ndindex(X.shape):
        step = np.zeros(X.shape)
        step[place] = h
        slopes[place] = (f(X + step) - f(X - step)) / (2 * h)
    return slopes


# %% wrong: the step of the largest weight for all
# hint: too large for the others
def gradient(f, X):
    slopes, h = np.zeros(X.shape), 1e-5 * max(1, np.abs(X).max())
    for place in np.ndindex(X.shape):
        step = np.zeros(X.shape)
        step[place] = h
        slopes[place] = (f(X + step) - f(X - step)) / (2 * h)
    return slopes


# %% wrong: no step for a weight of 0
# hint: 0/0: a weight of 0
def gradient(f, X):
    slopes = np.zeros(X.shape)
    for place in np.ndindex(X.shape):
        step = np.zeros(X.shape)
        step[place] = 1e-5 * abs(X[place]) or 1e-5 * (X.dtype.kind == "f")
        slopes[place] = (f(X + step) - f(X - step)) / (2 * step[place])
    return slopes


# %% wrong: a large negative weight has a small step
# hint: its step is 10⁻⁵ · |−10⁷|
def gradient(f, X):
    slopes = np.zeros(X.shape)
    for place in np.ndindex(X.shape):
        step = np.zeros(X.shape)
        step[place] = h = 1e-5 * max(1, X[place])
        slopes[place] = (f(X + step) - f(X - step)) / (2 * h)
    return slopes


# %% wrong: unanswered
# hint: not answered yet
def gradient(f, X):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's gradient, its source
# hint: move one weight at a time, in a copy of X
def gradient(f, x):
    slopes = np.zeros(len(x))
    for j in range(len(x)):
        h = (3 * np.finfo(float).eps) ** (1 / 3) * max(np.abs(x[j]), 1.0)
        left, right = x.copy(), x.copy()
        left[j] -= h
        right[j] += h
        slopes[j] = (f(right) - f(left)) / (right[j] - left[j])
    return slopes


# %% paste: mathml's gradient, imported
# hint: uses mathml.calculus
import mathml.calculus as mc


def gradient(f, X):
    return mc.gradient(lambda x: f(x.reshape(X.shape)), X.ravel()).reshape(X.shape)
