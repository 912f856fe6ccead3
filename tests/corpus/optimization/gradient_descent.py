# %% right: a list of points
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x), dtype=float)
        if np.linalg.norm(g) <= tol:
            break
        x = x - rate * g
        if not np.isfinite(x).all() or np.linalg.norm(x) > limit:
            return np.array(path), True
        path.append(x)
    return np.array(path), False


# %% right: a table that is filled, and cut at the end
def gradient_descent(gradient, start, rate, steps, tol, limit):
    table = np.zeros((steps + 1, len(start)))
    table[0] = start
    rows, diverged = 1, False
    while rows <= steps and not diverged:
        slope = np.array(gradient(table[rows - 1].copy()))
        if np.sqrt(np.sum(slope**2)) <= tol:
            break
        table[rows] = table[rows - 1] - rate * slope
        diverged = not np.sqrt(np.sum(table[rows] ** 2)) <= limit
        rows += not diverged
    return table[:rows], diverged


# %% right: numbers in lists, step by step in Python
import math


def gradient_descent(gradient, start, rate, steps, tol, limit):
    path = [[float(v) for v in start]]
    for _ in range(steps):
        slope = [float(v) for v in gradient(np.array(path[-1]))]
        if math.hypot(*slope) <= tol:
            return path, False
        here = [v - rate * s for v, s in zip(path[-1], slope)]
        if math.isnan(sum(here)) or math.hypot(*here) > limit:
            return path, True
        path.append(here)
    return path, False


# %% right: works on a copy in place, and stores copies
def gradient_descent(gradient, start, rate, steps, tol, limit):
    here, diverged = start.astype(float), False
    path = here[None, :].copy()
    for _ in range(steps):
        slope = gradient(here)
        if np.hypot.reduce(slope) <= tol:
            break
        here -= np.multiply(rate, slope)
        diverged = bool(~(np.hypot.reduce(here) <= limit))
        if diverged:
            break
        path = np.vstack([path, here])
    return path, diverged


# %% wrong: one array for all rows
# hint: every row is the same array
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) <= tol:
            break
        x -= rate * g
        if not np.sqrt(x @ x) <= limit:
            return np.array(path), True
        path.append(x)
    return np.array(path), False


# %% wrong: the start walks
# hint: is right, but the call changes its
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = start
    path = [x.copy()]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) <= tol:
            break
        x -= rate * g
        if not np.sqrt(x @ x) <= limit:
            return np.array(path), True
        path.append(x.copy())
    return np.array(path), False


# %% wrong: uphill
# hint: that way is up
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) <= tol:
            break
        x = x + rate * g
        if not np.sqrt(x @ x) <= limit:
            return np.array(path), True
        path.append(x)
    return np.array(path), False


# %% wrong: without the start
# hint: row 0 is missing
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = []
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) <= tol:
            break
        x = x - rate * g
        if not np.sqrt(x @ x) <= limit:
            return np.array(path), True
        path.append(x)
    return np.array(path), False


# %% wrong: without the last point
# hint: the last point is missing
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps - 1):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) <= tol:
            break
        x = x - rate * g
        if not np.sqrt(x @ x) <= limit:
            return np.array(path), True
        path.append(x)
    return np.array(path), False


# %% wrong: a step too many
# hint: one step too many
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps + 1):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) <= tol:
            break
        x = x - rate * g
        if not np.sqrt(x @ x) <= limit:
            return np.array(path), True
        path.append(x)
    return np.array(path), False


# %% wrong: only the last point
# hint: that is where it ends: return the whole path
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) <= tol:
            break
        x = x - rate * g
        if not np.sqrt(x @ x) <= limit:
            return np.array(path), True
        path.append(x)
    return x, False


# %% wrong: a column for each step
# hint: one row for each place
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) <= tol:
            break
        x = x - rate * g
        if not np.sqrt(x @ x) <= limit:
            return np.array(path), True
        path.append(x)
    return np.array(path).T, False


# %% wrong: the flag first
# hint: return the path first
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) <= tol:
            break
        x = x - rate * g
        if not np.sqrt(x @ x) <= limit:
            return True, np.array(path)
        path.append(x)
    return False, np.array(path)


# %% wrong: the gradient at the start
# hint: ask for the gradient anew
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(path[0]))
        if np.sqrt(g @ g) <= tol:
            break
        x = x - rate * g
        if not np.sqrt(x @ x) <= limit:
            return np.array(path), True
        path.append(x)
    return np.array(path), False


# %% wrong: steps of one length
# hint: each step has the length of the rate
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) <= tol:
            break
        x = x - rate * g / np.sqrt(g @ g)
        if not np.sqrt(x @ x) <= limit:
            return np.array(path), True
        path.append(x)
    return np.array(path), False


# %% wrong: a rate that shrinks
# hint: the rate is the same at each step
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for k in range(steps):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) <= tol:
            break
        x = x - rate / (k + 1) * g
        if not np.sqrt(x @ x) <= limit:
            return np.array(path), True
        path.append(x)
    return np.array(path), False


# %% wrong: gradients in the path
# hint: these are the gradients
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [np.asarray(gradient(x))]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) <= tol:
            break
        x = x - rate * g
        if not np.sqrt(x @ x) <= limit:
            return np.array(path), True
        path.append(np.asarray(gradient(x)))
    return np.array(path), False


# %% wrong: a start of whole numbers
# hint: a start of whole numbers
def gradient_descent(gradient, start, rate, steps, tol, limit):
    path = np.array([start] * (steps + 1))
    x = path[0]
    for k in range(1, steps + 1):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) <= tol:
            return path[:k], False
        x = x - rate * g
        if not np.sqrt(x @ x) <= limit:
            return path[:k], True
        path[k] = x
    return path, False


# %% wrong: stops at a short step
# hint: that is the length of the step
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) * rate <= tol:
            break
        x = x - rate * g
        if not np.sqrt(x @ x) <= limit:
            return np.array(path), True
        path.append(x)
    return np.array(path), False


# %% wrong: steps first, and asks then
# hint: ask before the step
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        x = x - rate * g
        if not np.sqrt(x @ x) <= limit:
            return np.array(path), True
        path.append(x)
        if np.sqrt(g @ g) <= tol:
            break
    return np.array(path), False


# %% wrong: below tol
# hint: ≤ is asked for, not <
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) < tol:
            break
        x = x - rate * g
        if not np.sqrt(x @ x) <= limit:
            return np.array(path), True
        path.append(x)
    return np.array(path), False


# %% wrong: each entry by itself
# hint: it is longer than its largest entry
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if np.abs(g).max() <= tol:
            break
        x = x - rate * g
        if not np.sqrt(x @ x) <= limit:
            return np.array(path), True
        path.append(x)
    return np.array(path), False


# %% wrong: the square of the length
# hint: its square is not
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if g @ g <= tol:
            break
        x = x - rate * g
        if not np.sqrt(x @ x) <= limit:
            return np.array(path), True
        path.append(x)
    return np.array(path), False


# %% wrong: the sum of the gradient
# hint: a gradient that points down is no short one
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if g.sum() <= tol:
            break
        x = x - rate * g
        if not np.sqrt(x @ x) <= limit:
            return np.array(path), True
        path.append(x)
    return np.array(path), False


# %% wrong: never stops early
# hint: it does not stop
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if False:
            break
        x = x - rate * g
        if not np.sqrt(x @ x) <= limit:
            return np.array(path), True
        path.append(x)
    return np.array(path), False


# %% wrong: arrived, and flagged
# hint: to arrive is no divergence
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) <= tol:
            return np.array(path), True
        x = x - rate * g
        if not np.sqrt(x @ x) <= limit:
            return np.array(path), True
        path.append(x)
    return np.array(path), False


# %% wrong: not yet arrived is diverged
# hint: the steps are used up
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) <= tol:
            break
        x = x - rate * g
        if not np.sqrt(x @ x) <= limit:
            return np.array(path), True
        path.append(x)
    return np.array(path), np.sqrt(g @ g) > tol


# %% wrong: keeps the place beyond
# hint: the place beyond the limit
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) <= tol:
            break
        x = x - rate * g
        path.append(x)
        if not np.sqrt(x @ x) <= limit:
            return np.array(path), True
    return np.array(path), False


# %% wrong: no limit
# hint: goes on beyond the limit
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) <= tol:
            break
        x = x - rate * g
        if not np.isfinite(x).all():
            return np.array(path), True
        path.append(x)
    return np.array(path), False


# %% wrong: no flag
# hint: stops, but the flag says
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) <= tol:
            break
        x = x - rate * g
        if not np.sqrt(x @ x) <= limit:
            return np.array(path), False
        path.append(x)
    return np.array(path), False


# %% wrong: raises
# hint: it is no error to diverge
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) <= tol:
            break
        x = x - rate * g
        if not np.sqrt(x @ x) <= limit:
            raise OverflowError("diverged")
        path.append(x)
    return np.array(path), False


# %% wrong: a table that is not cut
# hint: rows after the last place
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) <= tol:
            break
        x = x - rate * g
        if not np.sqrt(x @ x) <= limit:
            return np.vstack([path, np.full((steps + 1 - len(path), len(x)), np.nan)]), True
        path.append(x)
    return np.array(path), False


# %% wrong: NaN passes
# hint: NaN > limit is False
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) <= tol:
            break
        x = x - rate * g
        if np.sqrt(x @ x) > limit:
            return np.array(path), True
        path.append(x)
    return np.array(path), False


# %% wrong: NaN in the gradient ends it quietly
# hint: a gradient that is no number
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) <= tol:
            break
        if not np.isfinite(g).all():
            break
        x = x - rate * g
        if not np.sqrt(x @ x) <= limit:
            return np.array(path), True
        path.append(x)
    return np.array(path), False


# %% wrong: the limit for each entry
# hint: the limit is for the length of x
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) <= tol:
            break
        x = x - rate * g
        if not np.abs(x).max() <= limit:
            return np.array(path), True
        path.append(x)
    return np.array(path), False


# %% wrong: the limit for the distance
# hint: from 0, not from the start
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) <= tol:
            break
        x = x - rate * g
        if not np.sqrt((x - path[0]) @ (x - path[0])) <= limit:
            return np.array(path), True
        path.append(x)
    return np.array(path), False


# %% wrong: looks once more
# hint: was asked for at a place beyond the limit
def gradient_descent(gradient, start, rate, steps, tol, limit):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        g = np.asarray(gradient(x))
        if np.sqrt(g @ g) <= tol:
            break
        x = x - rate * g
        gradient(x)
        if not np.sqrt(x @ x) <= limit:
            return np.array(path), True
        path.append(x)
    return np.array(path), False


# %% wrong: hard-coded
# hint: another bowl, in three dimensions
def gradient_descent(gradient, start, rate, steps, tol, limit):
    if len(start) == 1 and rate > 1:
        return (np.array([[1.0], [-1.0]]) if rate == 4 else np.array([[1.0], [-2.0], [4.0]])), True
    if limit < 10:
        return np.array([start]), True
    if len(start) == 1:
        path = start * 0.5 ** np.arange(4)
        return path[:, None], False
    if tol == 4:
        return np.array([start, start / 2]), False
    if tol == 0 and not start.any():
        return np.array([start]), False
    return np.array([[4.0, 2.0], [2.0, -1.0], [1.0, 0.5]]), False


# %% wrong: unanswered
# hint: not answered yet
def gradient_descent(gradient, start, rate, steps, tol, limit):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's run, imported
# hint: uses mathml.optimization
from mathml.optimization import GradientDescent, minimize


def gradient_descent(gradient, start, rate, steps, tol, limit):
    run = minimize(lambda x: 0.0, start, GradientDescent(rate), gradient, steps=steps, tol=tol)
    return run.path, run.diverged


# %% paste: mathml's step, its source
# hint: takes 2 positional arguments but 6 were given
def gradient_descent(x, gradient):
    x, gradient = np.asarray(x, dtype=float), np.asarray(gradient, dtype=float)
    return x - 0.1 * gradient


# %% paste: SciPy's minimize
# hint: uses scipy.optimize
from scipy.optimize import minimize


def gradient_descent(gradient, start, rate, steps, tol, limit):
    path = [start]
    minimize(lambda x: 0.0, start, jac=gradient, tol=tol, callback=path.append, options={"maxiter": steps})
    return np.array(path), False
