# %% right: Gram–Schmidt with a matrix of directions, twice for good measure, as an array
def redundant_columns(X):
    Q = np.zeros((0, len(X)))
    redundant = np.zeros(X.shape[1], dtype=bool)
    for j, x in enumerate(X.T):
        if not x.any():
            redundant[j] = True
            continue
        r = x / np.sqrt(x @ x)
        r = r - Q.T @ (Q @ r)
        r = r - Q.T @ (Q @ r)
        size = np.sqrt(r @ r)
        redundant[j] = size <= 1e-9
        if not redundant[j]:
            Q = np.vstack([Q, r / size])
    return np.flatnonzero(redundant)


# %% right: clears every later column at once
def redundant_columns(X):
    lengths = np.sqrt(np.sum(X**2, axis=0))
    R = X / np.where(lengths > 0, lengths, 1)
    redundant = []
    for j in range(X.shape[1]):
        size = np.sqrt(np.sum(R[:, j] ** 2))
        if size <= 1e-9:
            redundant.append(j)
        else:
            q = R[:, j] / size
            R[:, j + 1 :] -= np.outer(q, q @ R[:, j + 1 :])
    return tuple(redundant)


# %% right: elimination: columns without a pivot
def redundant_columns(X):
    lengths = np.sqrt(np.sum(X**2, axis=0))
    A = X / np.where(lengths > 0, lengths, 1)
    row, redundant = 0, []
    for j in range(A.shape[1]):
        pivot = row + np.argmax(np.abs(A[row:, j])) if row < len(A) else None
        if pivot is None or abs(A[pivot, j]) < 1e-9:
            redundant.append(j)
            continue
        A[[row, pivot]] = A[[pivot, row]]
        A[row + 1 :] -= np.outer(A[row + 1 :, j] / A[row, j], A[row])
        row += 1
    return redundant


# %% wrong: rows instead of columns
# hint: a feature is a column
def redundant_columns(X):
    Q, found = [], []
    for j, x in enumerate(X):
        r = x - sum((x @ q) * q for q in Q)
        if np.sqrt(r @ r) <= 1e-9 * np.sqrt(x @ x):
            found.append(j)
        else:
            Q.append(r / np.sqrt(r @ r))
    return found


# %% wrong: only multiples of one column
# hint: a column can also be a mixture of several
def redundant_columns(X):
    found = []
    for j in range(X.shape[1]):
        for i in range(j):
            a, b = X[:, i], X[:, j]
            if abs(abs(a @ b) - np.sqrt((a @ a) * (b @ b))) < 1e-9 and a.any():
                found.append(j)
                break
    return found


# %% wrong: subtracts shadows on the columns themselves
# hint: not on the columns themselves
def redundant_columns(X):
    kept, found = [], []
    for j, x in enumerate(X.T):
        r = x - sum((x @ v) / (v @ v) * v for v in kept)
        if np.sqrt(r @ r) <= 1e-9 * np.sqrt(x @ x):
            found.append(j)
        else:
            kept.append(x)
    return found


# %% wrong: keeps vectors that are not of length one
# hint: the vectors that you keep must have length one
def redundant_columns(X):
    Q, found = [], []
    for j, x in enumerate(X.T):
        r = x
        for q in Q:
            r = r - (r @ q) * q
        if np.sqrt(r @ r) <= 1e-9 * np.sqrt(x @ x):
            found.append(j)
        else:
            Q.append(r)
    return found


# %% wrong: an absolute bound
# hint: compare what is left of a column with the column's own length
def redundant_columns(X):
    Q, found = [], []
    for j, x in enumerate(X.T):
        r = x
        for q in Q:
            r = r - (r @ q) * q
        if np.sqrt(r @ r) <= 1e-9:
            found.append(j)
        else:
            Q.append(r / np.sqrt(r @ r))
    return found


# %% wrong: asks for exactly zero
# hint: do not ask for exactly zero
def redundant_columns(X):
    Q, found = [], []
    for j, x in enumerate(X.T):
        r = x
        for q in Q:
            r = r - (r @ q) * q
        if not r.any():
            found.append(j)
        else:
            Q.append(r / np.sqrt(r @ r))
    return found


# %% wrong: a column of zeros becomes a direction
# hint: a column of zeros is redundant
def redundant_columns(X):
    Q, found = [], []
    for j, x in enumerate(X.T):
        r = x
        for q in Q:
            r = r - (r @ q) * q
        if np.sqrt(r @ r) / np.sqrt(x @ x) <= 1e-9:
            found.append(j)
        elif r.any():
            Q.append(r / np.sqrt(r @ r))
    return found


# %% wrong: unanswered
# hint: is not answered yet
def redundant_columns(X):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's basis, its source
# hint: return the indices of columns
def redundant_columns(V):
    Q = np.empty((0, V.shape[1]))
    independent = []
    for i, v in enumerate(V):
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
            independent.append(i)
    return V[independent]


# %% paste: mathml's is_independent, imported
# hint: uses mathml.vectors
def redundant_columns(X):
    from mathml.vectors import gram_schmidt

    return [j for j in range(X.shape[1]) if len(gram_schmidt(X[:, : j + 1].T)) == len(gram_schmidt(X[:, :j].T))]
