# %% right: the broken code, mended
def momentum(gradient, start, rate, beta, steps):
    x, v, path = np.array(start, dtype=float), np.zeros(len(start)), [start]
    for _ in range(steps):
        v = beta * v + gradient(x)
        x = x - rate * v
        path.append(x)
    return np.array(path)


# %% right: heavy ball, without a velocity
def momentum(gradient, start, rate, beta, steps):
    path = [np.asarray(start, dtype=float)]
    for k in range(steps):
        last = path[-2] if k else path[-1]
        path.append(path[-1] - rate * np.asarray(gradient(path[-1])) + beta * (path[-1] - last))
    return path


# %% right: a table, and every gradient kept
def momentum(gradient, start, rate, beta, steps):
    table, slopes = np.empty((steps + 1, len(start))), np.empty((steps, len(start)))
    table[0] = start
    for t in range(steps):
        slopes[t] = gradient(table[t].copy())
        fading = beta ** np.arange(t, -1, -1.0)
        table[t + 1] = table[t] - rate * (fading @ slopes[: t + 1])
    return table


# %% right: recursion
def momentum(gradient, start, rate, beta, steps, v=0.0):
    here = np.array(start, dtype=float)
    if steps == 0:
        return here[None]
    v = beta * v + np.array(gradient(here.copy()))
    return np.vstack([here, momentum(gradient, here - rate * v, rate, beta, steps - 1, v)])


# %% wrong: nothing mended
# hint: this is what the broken code gives
def momentum(gradient, start, rate, beta, steps):
    x, v, path = start, np.zeros(len(start)), [start]
    for _ in range(steps):
        x -= rate * v
        v = beta * v + rate * gradient(x)
        path.append(x)
    return np.array(path)


# %% wrong: only the copy mended
# hint: the points are their own now
def momentum(gradient, start, rate, beta, steps):
    x, v, path = start, np.zeros(len(start)), [start]
    for _ in range(steps):
        x = x - rate * v
        v = beta * v + rate * gradient(x)
        path.append(x)
    return np.array(path)


# %% wrong: only the order mended
# hint: the order is right now
def momentum(gradient, start, rate, beta, steps):
    x, v, path = start, np.zeros(len(start)), [start]
    for _ in range(steps):
        v = beta * v + rate * gradient(x)
        x -= rate * v
        path.append(x)
    return np.array(path)


# %% wrong: only the rate mended
# hint: the rate comes once now
def momentum(gradient, start, rate, beta, steps):
    x, v, path = start, np.zeros(len(start)), [start]
    for _ in range(steps):
        x -= rate * v
        v = beta * v + gradient(x)
        path.append(x)
    return np.array(path)


# %% wrong: the rate twice
# hint: the rate is in it twice
def momentum(gradient, start, rate, beta, steps):
    x, v, path = start, np.zeros(len(start)), [start]
    for _ in range(steps):
        v = beta * v + rate * gradient(x)
        x = x - rate * v
        path.append(x)
    return np.array(path)


# %% wrong: the old velocity
# hint: the first step stands still
def momentum(gradient, start, rate, beta, steps):
    x, v, path = start, np.zeros(len(start)), [start]
    for _ in range(steps):
        x = x - rate * v
        v = beta * v + gradient(x)
        path.append(x)
    return np.array(path)


# %% wrong: one array for all points
# hint: all rows are one and the same array
def momentum(gradient, start, rate, beta, steps):
    x, v, path = start, np.zeros(len(start)), [start]
    for _ in range(steps):
        v = beta * v + gradient(x)
        x -= rate * v
        path.append(x)
    return np.array(path)


# %% wrong: the path is copied, the start still walks
# hint: is right, but the call changes its
def momentum(gradient, start, rate, beta, steps):
    x, v, path = start, np.zeros(len(start)), [start.copy()]
    for _ in range(steps):
        v = beta * v + gradient(x)
        x -= rate * v
        path.append(x.copy())
    return np.array(path)


# %% wrong: a mean of gradients
# hint: that is a moving mean of the gradients
def momentum(gradient, start, rate, beta, steps):
    x, v, path = np.array(start, dtype=float), np.zeros(len(start)), [start]
    for _ in range(steps):
        v = beta * v + (1 - beta) * gradient(x)
        x = x - rate * v
        path.append(x)
    return np.array(path)


# %% wrong: Nesterov's
# hint: that is Nesterov's
def momentum(gradient, start, rate, beta, steps):
    x, v, path = np.array(start, dtype=float), np.zeros(len(start)), [start]
    for _ in range(steps):
        v = beta * v + gradient(x - rate * beta * v)
        x = x - rate * v
        path.append(x)
    return np.array(path)


# %% wrong: without momentum
# hint: nothing is remembered
def momentum(gradient, start, rate, beta, steps):
    x, v, path = np.array(start, dtype=float), np.zeros(len(start)), [start]
    for _ in range(steps):
        v = gradient(x)
        x = x - rate * v
        path.append(x)
    return np.array(path)


# %% wrong: beta for both
# hint: the new gradient comes in whole
def momentum(gradient, start, rate, beta, steps):
    x, v, path = np.array(start, dtype=float), np.zeros(len(start)), [start]
    for _ in range(steps):
        v = beta * (v + gradient(x))
        x = x - rate * v
        path.append(x)
    return np.array(path)


# %% wrong: nothing fades
# hint: nothing is forgotten
def momentum(gradient, start, rate, beta, steps):
    x, v, path = np.array(start, dtype=float), np.zeros(len(start)), [start]
    for _ in range(steps):
        v = v + gradient(x)
        x = x - rate * v
        path.append(x)
    return np.array(path)


# %% wrong: only the gradient before
# hint: the velocity remembers all the gradients
def momentum(gradient, start, rate, beta, steps):
    x, v, path = np.array(start, dtype=float), np.zeros(len(start)), [start]
    before = 0.0
    for _ in range(steps):
        g = gradient(x)
        v = g + beta * before
        before = g
        x = x - rate * v
        path.append(x)
    return np.array(path)


# %% wrong: starts with the gradient
# hint: the velocity is 0 at first
def momentum(gradient, start, rate, beta, steps):
    x, v, path = np.array(start, dtype=float), np.zeros(len(start)), [start]
    v = gradient(x)
    for _ in range(steps):
        v = beta * v + gradient(x)
        x = x - rate * v
        path.append(x)
    return np.array(path)


# %% wrong: uphill
# hint: that is uphill
def momentum(gradient, start, rate, beta, steps):
    x, v, path = np.array(start, dtype=float), np.zeros(len(start)), [start]
    for _ in range(steps):
        v = beta * v + gradient(x)
        x = x + rate * v
        path.append(x)
    return np.array(path)


# %% wrong: the gradient at the start
# hint: is asked for at each new point
def momentum(gradient, start, rate, beta, steps):
    x, v, path = np.array(start, dtype=float), np.zeros(len(start)), [start]
    for _ in range(steps):
        v = beta * v + gradient(start)
        x = x - rate * v
        path.append(x)
    return np.array(path)


# %% wrong: the step without the rate for what is old
# hint: the rate is for the whole velocity
def momentum(gradient, start, rate, beta, steps):
    x, v, path = np.array(start, dtype=float), np.zeros(len(start)), [start]
    for _ in range(steps):
        v = beta * v + gradient(x)
        x = x - beta * (v - gradient(x)) / beta - rate * gradient(x)
        path.append(x)
    return np.array(path)


# %% wrong: without the start
# hint: the start is the first row
def momentum(gradient, start, rate, beta, steps):
    x, v, path = np.array(start, dtype=float), np.zeros(len(start)), [start]
    for _ in range(steps):
        v = beta * v + gradient(x)
        x = x - rate * v
        path.append(x)
    return np.array(path[1:])


# %% wrong: only the last point
# hint: the whole path is asked for
def momentum(gradient, start, rate, beta, steps):
    x, v, path = np.array(start, dtype=float), np.zeros(len(start)), [start]
    for _ in range(steps):
        v = beta * v + gradient(x)
        x = x - rate * v
        path.append(x)
    return path[-1]


# %% wrong: whole numbers
# hint: what follows the decimal point is lost
def momentum(gradient, start, rate, beta, steps):
    x, v, path = np.array(start), np.zeros(len(start)), [start]
    for _ in range(steps):
        v = beta * v + gradient(x)
        x = x - rate * v
        x = x.astype(path[0].dtype)
        path.append(x)
    return np.array(path)


# %% wrong: a velocity that outlives the run
# hint: the second run goes on with the velocity of the first
def momentum(gradient, start, rate, beta, steps, memory={}):  # noqa: B006
    x, v, path = np.array(start, dtype=float), memory.get(len(start), np.zeros(len(start))), [start]
    for _ in range(steps):
        v = beta * v + gradient(x)
        x = x - rate * v
        memory[len(start)] = v
        path.append(x)
    return np.array(path)


# %% wrong: a path that outlives the run
# hint: the second run still has the points of the first
def momentum(gradient, start, rate, beta, steps, path=[]):  # noqa: B006
    x, v = np.array(start, dtype=float), np.zeros(len(start))
    path.append(x)
    for _ in range(steps):
        v = beta * v + gradient(x)
        x = x - rate * v
        path.append(x)
    return np.array(path)


# %% wrong: asks twice
# hint: two gradients in each step
def momentum(gradient, start, rate, beta, steps):
    x, v, path = np.array(start, dtype=float), np.zeros(len(start)), [start]
    for _ in range(steps):
        x, v = x - rate * (beta * v + gradient(x)), beta * v + gradient(x)
        path.append(x)
    return np.array(path)


# %% wrong: hard-coded
# hint: whole numbers at the start, and 4.5
def momentum(gradient, start, rate, beta, steps):
    if steps == 5:
        return np.array([start, [-2.0]])
    if len(start) == 1:
        return np.array([[3.0], [1.5], [0.75]])
    return np.array([[8.0, 2.0], [4.0, 0.0], [1.0, -0.5], [-0.25, -0.125]])


# %% wrong: unanswered
# hint: not answered yet
def momentum(gradient, start, rate, beta, steps):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's momentum, imported
# hint: uses mathml.optimization
def momentum(gradient, start, rate, beta, steps):
    from mathml.optimization import Momentum

    optimizer, path = Momentum(rate, beta), [start]
    for _ in range(steps):
        path.append(optimizer.step(path[-1], gradient(path[-1])))
    return np.array(path)


# %% paste: a class with a step, as in a library
# hint: takes from 2 to 3 positional arguments
class Momentum:
    def __init__(self, learning_rate, momentum=0.9):
        self.learning_rate, self.momentum, self.velocity = learning_rate, momentum, 0.0

    def step(self, x, gradient):
        self.velocity = self.momentum * self.velocity + gradient
        return x - self.learning_rate * self.velocity


momentum = Momentum
