# %% right: two loops, the columns or the rows
def jacobian(layers, d, m):
    J = np.zeros((m, d))
    if d < m:
        for j in range(d):
            v = np.zeros(d)
            v[j] = 1
            for push, _ in layers:
                v = push(v)
            J[:, j] = v
    else:
        for i in range(m):
            u = np.zeros(m)
            u[i] = 1
            for _, pull in reversed(layers):
                u = pull(u)
            J[i] = u
    return J


# %% right: folded with reduce, in lists
from functools import reduce


def jacobian(layers, d, m):
    if d <= m:
        columns = [reduce(lambda v, layer: layer[0](v), layers, e) for e in np.eye(d)]
        return [list(row) for row in zip(*columns)]
    return [list(reduce(lambda u, layer: layer[1](u), layers[::-1], e)) for e in np.eye(m)]


# %% right: whole numbers as unit vectors, and into the depth
def jacobian(layers, d, m):
    def through(layers, v):
        return through(layers[1:], layers[0][0](v)) if layers else v

    def back(layers, u):
        return back(layers[:-1], layers[-1][1](u)) if layers else u

    if m > d:
        return np.column_stack([through(layers, unit) for unit in np.identity(d, dtype=int)])
    return np.vstack([back(layers, unit) for unit in np.identity(m, dtype=int)])


# %% right: all vectors at once, as one matrix
def jacobian(layers, d, m):
    vectors = np.eye(min(d, m))
    for push, pull in layers if d < m else layers[::-1]:
        vectors = push(vectors) if d < m else pull(vectors)
    return vectors


# %% wrong: way A always
# hint: two would have to be pushed
def jacobian(layers, d, m):
    columns = []
    for v in np.eye(d):
        for push, _ in layers:
            v = push(v)
        columns.append(v)
    return np.column_stack(columns)


# %% wrong: way B always
# hint: three would have to be pulled
def jacobian(layers, d, m):
    rows = []
    for u in np.eye(m):
        for _, pull in layers[::-1]:
            u = pull(u)
        rows.append(u)
    return np.array(rows)


# %% wrong: way B for one output only
# hint: two vectors to pull are fewer than three to push
def jacobian(layers, d, m):
    vectors = []
    for v in np.eye(1 if m == 1 else d):
        for push, pull in layers[::-1] if m == 1 else layers:
            v = pull(v) if m == 1 else push(v)
        vectors.append(v)
    return np.array(vectors) if m == 1 else np.array(vectors).T


# %% wrong: way A for one input only
# hint: two vectors to push are fewer than five to pull
def jacobian(layers, d, m):
    vectors = []
    for v in np.eye(1 if d == 1 else m):
        for push, pull in layers if d == 1 else layers[::-1]:
            v = push(v) if d == 1 else pull(v)
        vectors.append(v)
    return np.array(vectors).T if d == 1 else np.array(vectors)


# %% wrong: pulls back from the first layer to the last
# hint: meets the last layer first
def jacobian(layers, d, m):
    vectors = []
    for v in np.eye(min(d, m)):
        for push, pull in layers:
            v = push(v) if d < m else pull(v)
        vectors.append(v)
    return np.array(vectors).T if d < m else np.array(vectors)


# %% wrong: one row without its axis
# hint: J keeps both axes
def jacobian(layers, d, m):
    vectors = []
    for v in np.eye(min(d, m)):
        for push, pull in layers if d < m else layers[::-1]:
            v = push(v) if d < m else pull(v)
        vectors.append(v)
    J = np.array(vectors).T if d < m else np.array(vectors)
    return J[0] if m == 1 else J


# %% wrong: the transpose
# hint: an output is a row
def jacobian(layers, d, m):
    vectors = []
    for v in np.eye(min(d, m)):
        for push, pull in layers if d < m else layers[::-1]:
            v = push(v) if d < m else pull(v)
        vectors.append(v)
    return np.array(vectors) if d < m else np.array(vectors).T


# %% wrong: columns stacked as rows
# hint: is a column of J, not a row
def jacobian(layers, d, m):
    vectors = []
    for v in np.eye(min(d, m)):
        for push, pull in layers if d < m else layers[::-1]:
            v = push(v) if d < m else pull(v)
        vectors.append(v)
    return np.array(vectors)


# %% wrong: ones instead of a unit vector
# hint: the sum of all rows
def jacobian(layers, d, m):
    vectors = []
    for v in np.eye(min(d, m)):
        v = v if d < m else np.ones(m)
        for push, pull in layers if d < m else layers[::-1]:
            v = push(v) if d < m else pull(v)
        vectors.append(v)
    return np.array(vectors).T if d < m else np.array(vectors)


# %% wrong: the last output first
# hint: the rows are right, but in another order
def jacobian(layers, d, m):
    vectors = []
    for v in np.eye(min(d, m)):
        for push, pull in layers if d < m else layers[::-1]:
            v = push(v) if d < m else pull(v)
        vectors.append(v)
    return np.array(vectors).T if d < m else np.array(vectors)[::-1]


# %% wrong: the last layer only
# hint: pull 1 back through the last layer, then through the first
def jacobian(layers, d, m):
    if d < m:
        return np.array([layers[-1][0](v) for v in np.eye(d)]).T
    return np.array([layers[-1][1](u) for u in np.eye(m)])


# %% wrong: unanswered
# hint: not answered yet
def jacobian(layers, d, m):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's jacobian, its source, on the layers pushed through
# hint: there is one output, so one vector comes back
def jacobian(layers, d, m):
    def f(x):
        for push, _ in layers:
            x = push(x)
        return x

    h = 1e-5
    return np.column_stack([(f(h * e) - f(-h * e)) / (2 * h) for e in np.eye(d)])


# %% paste: mathml's jacobian, imported
# hint: uses mathml.calculus
import mathml.calculus


def jacobian(layers, d, m):
    def f(x):
        for push, _ in layers:
            x = push(x)
        return x

    return mathml.calculus.jacobian(f, np.zeros(d))
