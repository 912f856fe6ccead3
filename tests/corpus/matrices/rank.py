# %% right: the broken code, mended
def rank(X):
    lengths = np.sqrt((X**2).sum(axis=0))
    left = (X - X.mean(axis=0)) / np.where(lengths == 0, 1, lengths)
    pivots = 0
    for j in range(left.shape[1]):
        rest = np.abs(left[pivots:, j])
        if rest.size and rest.max() > 1e-9:
            best = pivots + rest.argmax()
            left[[pivots, best]] = left[[best, pivots]]
            left[pivots + 1 :] -= np.outer(left[pivots + 1 :, j] / left[pivots, j], left[pivots])
            pivots += 1
    return pivots


# %% right: Gram–Schmidt on the columns, twice for good measure
def rank(X):
    directions = np.zeros((0, len(X)))
    for x in X.T:
        length = np.sqrt(x @ x)
        if length == 0:
            continue
        r = (x - x.mean()) / length
        for _ in range(2):
            r = r - directions.T @ (directions @ r)
        if np.sqrt(r @ r) > 1e-9:
            directions = np.vstack([directions, r / np.sqrt(r @ r)])
    return len(directions)


# %% right: the largest entry of all that is left as pivot, with loops, as a float
def rank(X):
    lengths = [max(1e-300, sum(v * v for v in column) ** 0.5) for column in X.T]
    means = [sum(column) / len(column) for column in X.T]
    rows = [[(v - m) / s for v, m, s in zip(row, means, lengths)] for row in X]
    count = 0.0
    while True:
        size, i, j = max((abs(v), i, j) for i, row in enumerate(rows) for j, v in enumerate(row))
        if size <= 1e-9:
            return count
        pivot = rows.pop(i)
        rows = [[v - row[j] / pivot[j] * p for v, p in zip(row, pivot)] for row in rows]
        count += 1
        if not rows:
            return count


# %% wrong: not mended, only the line that raises is gone
# hint: nothing is mended yet
def rank(X):
    left = X - X.mean(axis=1, keepdims=True)
    pivots = 0
    for j in range(left.shape[1]):
        if left[pivots, j] != 0:
            left[pivots + 1 :] -= np.outer(left[pivots + 1 :, j] / left[pivots, j], left[pivots])
            pivots += 1
    return pivots


# %% wrong: the means of the rows
# hint: take the mean of each column, along axis 0
def rank(X):
    lengths = np.sqrt(np.sum(X**2, axis=0))
    left = (X - X.mean(axis=1, keepdims=True)) / np.where(lengths > 0, lengths, 1)
    pivots = 0
    for j in range(left.shape[1]):
        if pivots == len(left):
            break
        best = pivots + np.argmax(np.abs(left[pivots:, j]))
        if abs(left[best, j]) > 1e-9:
            left[[pivots, best]] = left[[best, pivots]]
            left[pivots + 1 :] -= np.outer(left[pivots + 1 :, j] / left[pivots, j], left[pivots])
            pivots += 1
    return pivots


# %% wrong: no means at all
# hint: take the mean out of each column
def rank(X):
    lengths = np.sqrt(np.sum(X**2, axis=0))
    left = X / np.where(lengths > 0, lengths, 1)
    pivots = 0
    for j in range(left.shape[1]):
        if pivots == len(left):
            break
        best = pivots + np.argmax(np.abs(left[pivots:, j]))
        if abs(left[best, j]) > 1e-9:
            left[[pivots, best]] = left[[best, pivots]]
            left[pivots + 1 :] -= np.outer(left[pivots + 1 :, j] / left[pivots, j], left[pivots])
            pivots += 1
    return pivots


# %% wrong: no exchange of rows
# hint: a zero in the pivot's place does not make the column empty
def rank(X):
    lengths = np.sqrt(np.sum(X**2, axis=0))
    left = (X - X.mean(axis=0)) / np.where(lengths > 0, lengths, 1)
    pivots = 0
    for j in range(left.shape[1]):
        if pivots < len(left) and abs(left[pivots, j]) > 1e-9:
            left[pivots + 1 :] -= np.outer(left[pivots + 1 :, j] / left[pivots, j], left[pivots])
            pivots += 1
    return pivots


# %% wrong: a bound that does not ask for the unit
# hint: divide each column by its length first
def rank(X):
    left = X - X.mean(axis=0)
    pivots = 0
    for j in range(left.shape[1]):
        if pivots == len(left):
            break
        best = pivots + np.argmax(np.abs(left[pivots:, j]))
        if abs(left[best, j]) > 1e-9:
            left[[pivots, best]] = left[[best, pivots]]
            left[pivots + 1 :] -= np.outer(left[pivots + 1 :, j] / left[pivots, j], left[pivots])
            pivots += 1
    return pivots


# %% wrong: asks for exactly zero
# hint: do not ask for exactly zero
def rank(X):
    left = X - X.mean(axis=0)
    pivots = 0
    for j in range(left.shape[1]):
        if pivots == len(left):
            break
        best = pivots + np.argmax(np.abs(left[pivots:, j]))
        if left[best, j] != 0:
            left[[pivots, best]] = left[[best, pivots]]
            left[pivots + 1 :] -= np.outer(left[pivots + 1 :, j] / left[pivots, j], left[pivots])
            pivots += 1
    return pivots


# %% wrong: divides by the length that is left after centring
# hint: divide by the length from before centring
def rank(X):
    left = X - X.mean(axis=0)
    lengths = np.sqrt(np.sum(left**2, axis=0))
    left = left / np.where(lengths > 0, lengths, 1)
    pivots = 0
    for j in range(left.shape[1]):
        if pivots == len(left):
            break
        best = pivots + np.argmax(np.abs(left[pivots:, j]))
        if abs(left[best, j]) > 1e-9:
            left[[pivots, best]] = left[[best, pivots]]
            left[pivots + 1 :] -= np.outer(left[pivots + 1 :, j] / left[pivots, j], left[pivots])
            pivots += 1
    return pivots


# %% wrong: counts the columns that vary
# hint: five features, but three examples
def rank(X):
    return int(np.sum(np.ptp(X, axis=0) > 0))


# %% wrong: the library's rank
# hint: uses numpy.linalg.matrix_rank
def rank(X):
    return np.linalg.matrix_rank(X - X.mean(axis=0))


# %% wrong: unanswered
# hint: not answered yet
def rank(X):
    raise NotImplementedError("not answered yet")
    left = X - X.mean(axis=1, keepdims=True)
    pivots = 0
    for j in range(left.shape[1]):
        if left[pivots, j] != 0:
            left[pivots + 1 :] -= np.outer(left[pivots + 1 :, j] / left[pivots, j], left[pivots])
            pivots += 1
    return pivots


# %% paste: mathml's basis, its source, counted
# hint: but a constant went into it
def rank(X):
    Q = np.empty((0, len(X)))
    for v in X.T:
        if not v.any():
            continue
        w = v / np.sqrt(np.sum(v * v))
        for _ in range(2):
            w = w - (Q @ w) @ Q
            length = np.sqrt(np.sum(w * w))
            if length <= 1e-12:
                break
            w = w / length
        else:
            Q = np.vstack([Q, w])
    return len(Q)


# %% paste: mathml's rank, its source, with NumPy's singular values
# hint: uses numpy.linalg.svd
def rank(A, tol=None):
    _, s, _ = np.linalg.svd(A)
    return int(np.sum(s > (max(A.shape) * np.finfo(float).eps * s[0] if tol is None else tol)))


# %% paste: mathml's rank, imported
# hint: uses mathml.matrices
from mathml.matrices import rank as its_rank


def rank(X):
    return its_rank(X - X.mean(axis=0))
