# %% right: elimination downwards, as described, with loops
def solve(A, b):
    n = len(b)
    rows = [[*map(float, row), float(right)] for row, right in zip(A, b)]
    sizes = [max(abs(a) for a in row[:-1]) for row in rows]
    if 0 in sizes:
        raise ValueError("singular")
    determinant = 1.0
    for j in range(n):
        best = max(range(j, n), key=lambda i: abs(rows[i][j]) / sizes[i])
        if abs(rows[best][j]) / sizes[best] <= 1e-12:
            raise ValueError("singular")
        if best != j:
            rows[j], rows[best] = rows[best], rows[j]
            sizes[j], sizes[best] = sizes[best], sizes[j]
            determinant = -determinant
        determinant *= rows[j][j]
        for i in range(j + 1, n):
            factor = rows[i][j] / rows[j][j]
            rows[i] = [u - factor * v for u, v in zip(rows[i], rows[j])]
    x = [0.0] * n
    for j in reversed(range(n)):
        x[j] = (rows[j][n] - sum(rows[j][k] * x[k] for k in range(j + 1, n))) / rows[j][j]
    return x, determinant


# %% right: each equation divided by its largest number first, then Gauss and Jordan
def solve(A, b):
    sizes = np.max(np.abs(A), axis=1)
    if np.any(sizes == 0):
        raise ValueError("an empty equation")
    M = np.column_stack([A / sizes[:, None], b / sizes])
    determinant = np.prod(sizes)
    for j in range(len(b)):
        i = j + np.argmax(np.abs(M[j:, j]))
        if abs(M[i, j]) < 1e-12:
            raise ValueError("dependent equations")
        if i != j:
            M[[i, j]] = M[[j, i]]
            determinant *= -1
        determinant *= M[j, j]
        M[j] /= M[j, j]
        for other in range(len(b)):
            if other != j:
                M[other] -= M[other, j] * M[j]
    return M[:, -1], determinant


# %% right: reflections on the equations brought to one size
def solve(A, b):
    n, sizes = len(b), np.abs(A).max(axis=1)
    if not sizes.all():
        raise ValueError("singular")
    M, determinant = np.column_stack([A, b]) / sizes[:, np.newaxis], np.prod(sizes)
    for j in range(n):
        v = M[j:, j].copy()
        length = np.sqrt(v @ v)
        if length <= 1e-12:
            raise ValueError("singular")
        v[0] += length if v[0] >= 0 else -length
        M[j:] -= np.outer(2 * v / (v @ v), v @ M[j:])
        determinant *= -M[j, j]
    x = np.zeros(n)
    for j in range(n - 1, -1, -1):
        x[j] = (M[j, n] - M[j, j + 1 : n] @ x[j + 1 :]) / M[j, j]
    return x, determinant


# %% wrong: returns the solution only
# hint: two things are asked for
def solve(A, b):
    M, sizes = np.column_stack([A, b]), np.abs(A).max(axis=1)
    if not sizes.all():
        raise ValueError
    for j in range(len(b)):
        i = j + np.argmax(np.abs(M[j:, j]) / sizes[j:])
        if abs(M[i, j]) <= 1e-12 * sizes[i]:
            raise ValueError
        M[[i, j]], sizes[[i, j]] = M[[j, i]], sizes[[j, i]]
        M[j] /= M[j, j]
        for k in range(len(b)):
            if k != j:
                M[k] -= M[k, j] * M[j]
    return M[:, -1]


# %% wrong: never exchanges rows
# hint: this is what a division by 0 leads to
def solve(A, b):
    M, n = np.column_stack([A, b]), len(b)
    for j in range(n):
        M[j + 1 :] -= np.outer(M[j + 1 :, j] / M[j, j], M[j])
    x = np.zeros(n)
    for j in reversed(range(n)):
        x[j] = (M[j, n] - M[j, j + 1 : n] @ x[j + 1 :]) / M[j, j]
    return x, np.prod(np.diagonal(M))


# %% wrong: takes a zero in the pivot's place for a singular matrix
# hint: a zero in the pivot's place does not make A singular
def solve(A, b):
    M, n = np.column_stack([A, b]), len(b)
    for j in range(n):
        if abs(M[j, j]) <= 1e-12 * np.abs(A).max():
            raise ValueError("singular")
        M[j + 1 :] -= np.outer(M[j + 1 :, j] / M[j, j], M[j])
    x = np.zeros(n)
    for j in reversed(range(n)):
        x[j] = (M[j, n] - M[j, j + 1 : n] @ x[j + 1 :]) / M[j, j]
    return x, np.prod(np.diagonal(M))


# %% wrong: exchanges only where the pivot is exactly zero
# hint: a tiny pivot is as bad as zero
def solve(A, b):
    M, n, sign = np.column_stack([A, b]), len(b), 1
    for j in range(n):
        if M[j, j] == 0:
            others = np.flatnonzero(M[j:, j])
            if not others.size:
                raise ValueError("singular")
            M[[j, j + others[0]]] = M[[j + others[0], j]]
            sign = -sign
        M[j + 1 :] -= np.outer(M[j + 1 :, j] / M[j, j], M[j])
    x = np.zeros(n)
    for j in reversed(range(n)):
        x[j] = (M[j, n] - M[j, j + 1 : n] @ x[j + 1 :]) / M[j, j]
    return x, sign * np.prod(np.diagonal(M))


# %% wrong: the largest entry of the column, whatever the unit of its row
# hint: divide by the largest of the row before you compare
def solve(A, b):
    M, n, sign = np.column_stack([A, b]), len(b), 1
    for j in range(n):
        i = j + np.argmax(np.abs(M[j:, j]))
        if abs(M[i, j]) <= 1e-12 * np.abs(A[:, j]).max():
            raise ValueError("singular")
        if i != j:
            M[[i, j]] = M[[j, i]]
            sign = -sign
        M[j + 1 :] -= np.outer(M[j + 1 :, j] / M[j, j], M[j])
    x = np.zeros(n)
    for j in reversed(range(n)):
        x[j] = (M[j, n] - M[j, j + 1 : n] @ x[j + 1 :]) / M[j, j]
    return x, sign * np.prod(np.diagonal(M))


# %% wrong: the sign of the determinant is forgotten
# hint: an exchange of two rows flips the sign of the determinant
def solve(A, b):
    M, n, sizes = np.column_stack([A, b]), len(b), np.abs(A).max(axis=1)
    if not sizes.all():
        raise ValueError
    for j in range(n):
        i = j + np.argmax(np.abs(M[j:, j]) / sizes[j:])
        if abs(M[i, j]) <= 1e-12 * sizes[i]:
            raise ValueError
        M[[i, j]], sizes[[i, j]] = M[[j, i]], sizes[[j, i]]
        M[j + 1 :] -= np.outer(M[j + 1 :, j] / M[j, j], M[j])
    x = np.zeros(n)
    for j in reversed(range(n)):
        x[j] = (M[j, n] - M[j, j + 1 : n] @ x[j + 1 :]) / M[j, j]
    return x, np.prod(np.diagonal(M))


# %% wrong: one exchange or many, the sign flips once
# hint: two exchanges flip the sign twice
def solve(A, b):
    M, n, sizes, sign = np.column_stack([A, b]), len(b), np.abs(A).max(axis=1), 1
    if not sizes.all():
        raise ValueError
    for j in range(n):
        i = j + np.argmax(np.abs(M[j:, j]) / sizes[j:])
        if abs(M[i, j]) <= 1e-12 * sizes[i]:
            raise ValueError
        if i != j:
            M[[i, j]], sizes[[i, j]] = M[[j, i]], sizes[[j, i]]
            sign = -1
        M[j + 1 :] -= np.outer(M[j + 1 :, j] / M[j, j], M[j])
    x = np.zeros(n)
    for j in reversed(range(n)):
        x[j] = (M[j, n] - M[j, j + 1 : n] @ x[j + 1 :]) / M[j, j]
    return x, sign * np.prod(np.diagonal(M))


# %% wrong: the right sides stay where they are
# hint: the right sides must be exchanged together with the rows
def solve(A, b):
    U, y, n, sizes, determinant = A.astype(float), b.astype(float), len(b), np.abs(A).max(axis=1), 1
    if not sizes.all():
        raise ValueError
    for j in range(n):
        i = j + np.argmax(np.abs(U[j:, j]) / sizes[j:])
        if abs(U[i, j]) <= 1e-12 * sizes[i]:
            raise ValueError
        if i != j:
            U[[i, j]], sizes[[i, j]], determinant = U[[j, i]], sizes[[j, i]], -determinant
        determinant *= U[j, j]
        for k in range(j + 1, n):
            factor = U[k, j] / U[j, j]
            U[k] -= factor * U[j]
            y[k] -= factor * y[j]
    x = np.zeros(n)
    for j in reversed(range(n)):
        x[j] = (y[j] - U[j, j + 1 :] @ x[j + 1 :]) / U[j, j]
    return x, determinant


# %% wrong: eliminates without the right sides
# hint: the right sides did not take part
def solve(A, b):
    U, n, determinant = A.astype(float), len(b), 1
    for j in range(n):
        determinant *= U[j, j]
        U[j + 1 :] -= np.outer(U[j + 1 :, j] / U[j, j], U[j])
    x = np.zeros(n)
    for j in reversed(range(n)):
        x[j] = (b[j] - U[j, j + 1 :] @ x[j + 1 :]) / U[j, j]
    return x, determinant


# %% wrong: finds the first unknown first
# hint: find the last unknown first
def solve(A, b):
    M, n, determinant = np.column_stack([A, b]), len(b), 1
    for j in range(n):
        determinant *= M[j, j]
        M[j + 1 :] -= np.outer(M[j + 1 :, j] / M[j, j], M[j])
    x = np.zeros(n)
    for j in range(n):
        x[j] = (M[j, n] - M[j, j + 1 : n] @ x[j + 1 :]) / M[j, j]
    return x, determinant


# %% wrong: works in the matrix that came
# hint: Work on a copy
def solve(A, b):
    n, sizes, determinant = len(b), np.abs(A).max(axis=1), 1
    if not sizes.all():
        raise ValueError
    for j in range(n):
        i = j + np.argmax(np.abs(A[j:, j]) / sizes[j:])
        if abs(A[i, j]) <= 1e-12 * sizes[i]:
            raise ValueError
        if i != j:
            A[[i, j]], b[[i, j]], sizes[[i, j]], determinant = A[[j, i]], b[[j, i]], sizes[[j, i]], -determinant
        determinant *= A[j, j]
        for k in range(j + 1, n):
            factor = A[k, j] / A[j, j]
            A[k] -= factor * A[j]
            b[k] -= factor * b[j]
    x = np.zeros(n)
    for j in reversed(range(n)):
        x[j] = (b[j] - A[j, j + 1 :] @ x[j + 1 :]) / A[j, j]
    return x, determinant


# %% wrong: singular only where a pivot is exactly zero
# hint: rounding leaves a trace where the last pivot should be
def solve(A, b):
    M, n, sizes, determinant = np.column_stack([A, b]), len(b), np.abs(A).max(axis=1), 1
    if not sizes.all():
        raise ValueError
    for j in range(n):
        i = j + np.argmax(np.abs(M[j:, j]) / sizes[j:])
        if M[i, j] == 0:
            raise ValueError("singular")
        if i != j:
            M[[i, j]], sizes[[i, j]], determinant = M[[j, i]], sizes[[j, i]], -determinant
        determinant *= M[j, j]
        M[j + 1 :] -= np.outer(M[j + 1 :, j] / M[j, j], M[j])
    x = np.zeros(n)
    for j in reversed(range(n)):
        x[j] = (M[j, n] - M[j, j + 1 : n] @ x[j + 1 :]) / M[j, j]
    return x, determinant


# %% wrong: takes small numbers for zeros
# hint: an equation with small numbers is not a singular one
def solve(A, b):
    M, n, sizes, determinant = np.column_stack([A, b]), len(b), np.abs(A).max(axis=1), 1
    if not sizes.all():
        raise ValueError
    for j in range(n):
        i = j + np.argmax(np.abs(M[j:, j]) / sizes[j:])
        if abs(M[i, j]) <= 1e-12:
            raise ValueError("singular")
        if i != j:
            M[[i, j]], sizes[[i, j]], determinant = M[[j, i]], sizes[[j, i]], -determinant
        determinant *= M[j, j]
        M[j + 1 :] -= np.outer(M[j + 1 :, j] / M[j, j], M[j])
    x = np.zeros(n)
    for j in reversed(range(n)):
        x[j] = (M[j, n] - M[j, j + 1 : n] @ x[j + 1 :]) / M[j, j]
    return x, determinant


# %% wrong: 0/0 for an equation without unknowns
# hint: a row of zeros makes A singular
def solve(A, b):
    M, n, sizes, determinant = np.column_stack([A, b]), len(b), np.abs(A).max(axis=1), 1
    for j in range(n):
        ratios = np.abs(M[j:, j]) / sizes[j:]
        i = j + np.argmax(ratios)
        if ratios.max() <= 1e-12:
            raise ValueError("singular")
        if i != j:
            M[[i, j]], sizes[[i, j]], determinant = M[[j, i]], sizes[[j, i]], -determinant
        determinant *= M[j, j]
        M[j + 1 :] -= np.outer(M[j + 1 :, j] / M[j, j], M[j])
    x = np.zeros(n)
    for j in reversed(range(n)):
        x[j] = (M[j, n] - M[j, j + 1 : n] @ x[j + 1 :]) / M[j, j]
    return x, determinant


# %% wrong: unanswered
# hint: not answered yet
def solve(A, b):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's solve, its source
# hint: return x, determinant
def solve(A, b):
    U, n = A.astype(float), len(A)
    order, L = np.arange(n), np.eye(n)
    for k in range(n):
        pivot = k + int(np.argmax(np.abs(U[k:, k])))
        if abs(U[pivot, k]) <= 1e-15:
            raise ValueError("A must not be singular")
        U[[k, pivot], k:] = U[[pivot, k], k:]
        L[[k, pivot], :k] = L[[pivot, k], :k]
        order[[k, pivot]] = order[[pivot, k]]
        L[k + 1 :, k] = U[k + 1 :, k] / U[k, k]
        U[k + 1 :, k:] -= np.outer(L[k + 1 :, k], U[k, k:])
    y = b[order].astype(float)
    for i in range(n):
        y[i] = y[i] - L[i, :i] @ y[:i]
    for i in reversed(range(n)):
        y[i] = (y[i] - U[i, i + 1 :] @ y[i + 1 :]) / U[i, i]
    return y


# %% paste: mathml's solve and determinant, imported
# hint: uses mathml.matrices
import mathml.matrices as mm


def solve(A, b):
    return mm.solve(A, b), mm.determinant(A)
