# %% right: a loop over k
def low_rank(table, share):
    U, s, Vt = np.linalg.svd(table, full_matrices=False)
    k = 0
    while k < len(s) and np.sum(s[k:] ** 2) > share**2 * np.sum(s**2):
        k += 1
    return U[:, :k], s[:k, np.newaxis] * Vt[:k]


# %% right: by the eigenvectors of AᵀA, the singular values inside the left factor
def low_rank(table, share):
    squares, V = np.linalg.eigh(table.T @ table)
    squares, V = np.maximum(squares[::-1], 0), V[:, ::-1]
    whole = squares.sum()
    for k in range(len(squares) + 1):
        if squares[k:].sum() <= share**2 * whole:
            return table @ V[:, :k], V[:, :k].T
    return None


# %% right: half of each singular value to both, in float32
def low_rank(table, share):
    U, s, Vt = np.linalg.svd(table.astype(np.float32), full_matrices=False)
    lost = [np.linalg.norm(s[k:]) for k in range(len(s) + 1)]
    k = next(k for k in range(len(s) + 1) if lost[k] <= share * lost[0])
    root = np.sqrt(s[:k])
    return U[:, :k] * root, root[:, None] * Vt[:k]


# %% right: takes away one direction after the other, found by power iteration
def low_rank(table, share):
    rest, left, right = table.astype(float), [], []
    while np.sqrt(np.sum(rest**2)) > share * np.sqrt(np.sum(table**2)):
        v = np.random.default_rng(len(left)).normal(size=table.shape[1])
        for _ in range(4000):
            v = rest.T @ (rest @ v)
            v /= np.sqrt(v @ v)
        left.append(rest @ v)
        right.append(v)
        rest = rest - np.outer(rest @ v, v)
    return np.reshape(left, (-1, len(table))).T, np.reshape(right, (-1, table.shape[1]))


# %% wrong: returns the product
# hint: that is the product: send its two factors
def low_rank(table, share):
    U, s, Vt = np.linalg.svd(table, full_matrices=False)
    k = next(k for k in range(len(s) + 1) if np.sum(s[k:] ** 2) <= share**2 * np.sum(s**2))
    return (U[:, :k] * s[:k]) @ Vt[:k]


# %% wrong: returns three factors
# hint: send two factors
def low_rank(table, share):
    U, s, Vt = np.linalg.svd(table, full_matrices=False)
    k = next(k for k in range(len(s) + 1) if np.sum(s[k:] ** 2) <= share**2 * np.sum(s**2))
    return U[:, :k], s[:k], Vt[:k]


# %% wrong: keeps the share instead of losing it
# hint: this share is kept, not lost
def low_rank(table, share):
    U, s, Vt = np.linalg.svd(table, full_matrices=False)
    k = 1 + np.argmax(np.sqrt(np.cumsum(s**2)) >= share * np.sqrt(np.sum(s**2)))
    return U[:, :k] * s[:k], Vt[:k]


# %% wrong: forgets the root
# hint: compared without it, too much may be lost
def low_rank(table, share):
    U, s, Vt = np.linalg.svd(table, full_matrices=False)
    k = next(k for k in range(len(s) + 1) if np.sum(s[k:] ** 2) <= share * np.sum(s**2))
    return U[:, :k] * s[:k], Vt[:k]


# %% wrong: adds up the singular values themselves
# hint: add up the squares of the singular values
def low_rank(table, share):
    U, s, Vt = np.linalg.svd(table, full_matrices=False)
    k = next(k for k in range(len(s) + 1) if np.sum(s[k:]) <= share * np.sum(s))
    return U[:, :k] * s[:k], Vt[:k]


# %% wrong: one direction too many
# hint: one more than needed
def low_rank(table, share):
    U, s, Vt = np.linalg.svd(table, full_matrices=False)
    k = 1 + next(k for k in range(len(s) + 1) if np.sum(s[k:] ** 2) <= share**2 * np.sum(s**2))
    return U[:, :k] * s[:k], Vt[:k]


# %% wrong: leaves the singular values out
# hint: the singular values are missing
def low_rank(table, share):
    U, s, Vt = np.linalg.svd(table, full_matrices=False)
    k = next(k for k in range(len(s) + 1) if np.sum(s[k:] ** 2) <= share**2 * np.sum(s**2))
    return U[:, :k], Vt[:k]


# %% wrong: singular values in both factors
# hint: both factors carry the singular values in full
def low_rank(table, share):
    U, s, Vt = np.linalg.svd(table, full_matrices=False)
    k = next(k for k in range(len(s) + 1) if np.sum(s[k:] ** 2) <= share**2 * np.sum(s**2))
    return U[:, :k] * s[:k], s[:k, None] * Vt[:k]


# %% wrong: takes the first eigenvectors, which belong to the smallest eigenvalues
# hint: the smallest singular values were kept
def low_rank(table, share):
    squares, V = np.linalg.eigh(table.T @ table)
    largest = np.maximum(squares[::-1], 0)
    k = next(k for k in range(len(largest) + 1) if largest[k:].sum() <= share**2 * largest.sum())
    return table @ V[:, :k], V[:, :k].T


# %% wrong: centres the table, as for PCA
# hint: the columns have lost their means
def low_rank(table, share):
    U, s, Vt = np.linalg.svd(table - table.mean(axis=0), full_matrices=False)
    k = next(k for k in range(len(s) + 1) if np.sum(s[k:] ** 2) <= share**2 * np.sum(s**2))
    return U[:, :k] * s[:k], Vt[:k]


# %% wrong: 0/0 for a table of zeros
# hint: 0/0 is no share
def low_rank(table, share):
    U, s, Vt = np.linalg.svd(table, full_matrices=False)
    lost = np.sqrt(np.append(np.cumsum(s[::-1] ** 2)[::-1], 0)) / np.sqrt(np.sum(s**2))
    k = next(k for k in range(len(s) + 1) if lost[k] <= share)
    return U[:, :k] * s[:k], Vt[:k]


# %% wrong: unanswered
# hint: not answered yet
def low_rank(table, share):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's low_rank, its source
# hint: slice indices must be integers
def low_rank(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return (U[:, :k] * s[:k]) @ Vt[:k]


# %% paste: mathml's svd, imported
# hint: uses mathml.matrices
from mathml.matrices import svd


def low_rank(table, share):
    U, s, Vt = svd(table)
    k = next(k for k in range(len(s) + 1) if np.sum(s[k:] ** 2) <= share**2 * np.sum(s**2))
    return U[:, :k] * s[:k], Vt[:k]
