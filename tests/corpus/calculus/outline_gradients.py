# %% right: a loop over the readings
def outline_gradients(w, b, x, y, eta):
    dw = db = n = 0
    for xi, yi in zip(x, y):
        if yi == yi:  # NaN is not equal to itself
            miss = yi - (w * xi + b)
            dw, db, n = dw - 2 * xi * miss, db - 2 * miss, n + 1
    if n:
        dw, db = dw / n, db / n
    return dw, db, w - eta * dw, b - eta * db


# %% right: a lost reading misses by nothing, and a matrix product adds up
def outline_gradients(w, b, x, y, eta):
    lost = np.isnan(y)
    if lost.all():
        return [0.0, 0.0, w, b]
    A = np.column_stack([x, np.ones(len(x))])
    misses = np.where(lost, 0, A @ [w, b] - y)
    gradient = 2 * A.T @ misses / np.count_nonzero(~lost)
    return [*gradient, *(np.array([w, b]) - eta * gradient)]


# %% right: means that skip NaN
def outline_gradients(w, b, x, y, eta):
    errors = w * x + b - y
    if np.all(np.isnan(errors)):
        dw, db = 0.0, 0.0
    else:
        dw, db = 2 * np.nanmean(errors * x), 2 * np.nanmean(errors)
    return np.array([dw, db, w - eta * dw, b - eta * db])


# %% wrong: the sign of the loss's inside is forgotten
# hint: both signs are turned
def outline_gradients(w, b, x, y, eta):
    there = ~np.isnan(y)
    n, misses = max(1, there.sum()), (y - (w * x + b))[there]
    dw, db = 2 / n * np.sum(x[there] * misses), 2 / n * np.sum(misses)
    return dw, db, w - eta * dw, b - eta * db


# %% wrong: without the 2
# hint: the square has left no 2
def outline_gradients(w, b, x, y, eta):
    there = ~np.isnan(y)
    n, misses = max(1, there.sum()), (y - (w * x + b))[there]
    dw, db = -np.sum(x[there] * misses) / n, -np.sum(misses) / n
    return dw, db, w - eta * dw, b - eta * db


# %% wrong: the sum, not the mean
# hint: a gradient must not grow with every reading
def outline_gradients(w, b, x, y, eta):
    there = ~np.isnan(y)
    misses = (y - (w * x + b))[there]
    dw, db = -2 * np.sum(x[there] * misses), -2 * np.sum(misses)
    return dw, db, w - eta * dw, b - eta * db


# %% wrong: the inner derivative is forgotten
# hint: the inner derivative is missing
def outline_gradients(w, b, x, y, eta):
    there = ~np.isnan(y)
    n, misses = max(1, there.sum()), (y - (w * x + b))[there]
    dw = db = -2 / n * np.sum(misses)
    return dw, db, w - eta * dw, b - eta * db


# %% wrong: squares what is squared no more
# hint: the misses are still squared
def outline_gradients(w, b, x, y, eta):
    there = ~np.isnan(y)
    n, misses = max(1, there.sum()), (y - (w * x + b))[there] ** 2
    dw, db = -2 / n * np.sum(x[there] * misses), -2 / n * np.sum(misses)
    return dw, db, w - eta * dw, b - eta * db


# %% wrong: moves w before it looks at b
# hint: w has moved before
def outline_gradients(w, b, x, y, eta):
    there = ~np.isnan(y)
    x, y = x[there], y[there]
    n = max(1, len(x))
    dw = -2 / n * np.sum(x * (y - (w * x + b)))
    w = w - eta * dw
    db = -2 / n * np.sum(y - (w * x + b))
    b = b - eta * db
    return dw, db, w, b


# %% wrong: walks with the gradient
# hint: that climbs
def outline_gradients(w, b, x, y, eta):
    there = ~np.isnan(y)
    n, misses = max(1, there.sum()), (y - (w * x + b))[there]
    dw, db = -2 / n * np.sum(x[there] * misses), -2 / n * np.sum(misses)
    return dw, db, w + eta * dw, b + eta * db


# %% wrong: the learning rate is forgotten
# hint: η has no effect
def outline_gradients(w, b, x, y, eta):
    there = ~np.isnan(y)
    n, misses = max(1, there.sum()), (y - (w * x + b))[there]
    dw, db = -2 / n * np.sum(x[there] * misses), -2 / n * np.sum(misses)
    return dw, db, w - dw, b - db


# %% wrong: returns the steps instead of the new line
# hint: these are the steps alone
def outline_gradients(w, b, x, y, eta):
    there = ~np.isnan(y)
    n, misses = max(1, there.sum()), (y - (w * x + b))[there]
    dw, db = -2 / n * np.sum(x[there] * misses), -2 / n * np.sum(misses)
    return dw, db, -eta * dw, -eta * db


# %% wrong: sees no gaps
# hint: one NaN makes a whole sum NaN
def outline_gradients(w, b, x, y, eta):
    misses = y - (w * x + b)
    dw, db = -2 * np.mean(x * misses), -2 * np.mean(misses)
    return dw, db, w - eta * dw, b - eta * db


# %% wrong: divides by all readings, lost or not
# hint: n still counts it
def outline_gradients(w, b, x, y, eta):
    misses = y - (w * x + b)
    n = max(1, len(y))
    dw, db = -2 / n * np.nansum(x * misses), -2 / n * np.nansum(misses)
    return dw, db, w - eta * dw, b - eta * db


# %% wrong: a lost reading is 0
# hint: is not a reading of 0
def outline_gradients(w, b, x, y, eta):
    misses = np.nan_to_num(y) - (w * x + b)
    dw, db = -2 * np.mean(x * misses), -2 * np.mean(misses)
    return dw, db, w - eta * dw, b - eta * db


# %% wrong: divides by no readings
# hint: 0/0: when no reading is there
def outline_gradients(w, b, x, y, eta):
    there = ~np.isnan(y)
    misses = (y - (w * x + b))[there]
    dw, db = -2 * np.mean(x[there] * misses), -2 * np.mean(misses)
    return dw, db, w - eta * dw, b - eta * db


# %% wrong: unanswered
# hint: not answered yet
def outline_gradients(w, b, x, y, eta):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's line_gradient, its source
# hint: return dw, db, w_new, b_new
def outline_gradients(w, b, x, y, eta):
    errors = y - (w * x + b)
    return float(-2 * np.mean(x * errors)), float(-2 * np.mean(errors))


# %% paste: mathml's line_gradient and line_step, imported
# hint: uses mathml.calculus
from mathml.calculus import line_gradient, line_step


def outline_gradients(w, b, x, y, eta):
    x, y = x[~np.isnan(y)], y[~np.isnan(y)]
    return *line_gradient(w, b, x, y), *line_step(w, b, x, y, eta)
