# %% right: Cholesky, lifted and lowered a little
def positive_definite(A):
    largest = np.max(np.abs(A))
    if np.max(np.abs(A - A.T)) > 1e-9 * largest:
        raise ValueError("not symmetric")

    def has_a_root(M):
        L = np.zeros_like(M)
        for j in range(len(M)):
            pivot = M[j, j] - L[j, :j] @ L[j, :j]
            if pivot <= 0:
                return False
            L[j:, j] = (M[j:, j] - L[j:, :j] @ L[j, :j]) / np.sqrt(pivot)
        return True

    little = 1e-9 * largest * np.eye(len(A))
    if has_a_root(A - little):
        return "definite"
    return "semidefinite" if has_a_root(A + little) else "neither"


# %% right: all eigenvalues, by Jacobi's rotations
def positive_definite(A):
    size = abs(A).max()
    if abs(A - A.T).max() > 1e-9 * size:
        raise ValueError("asymmetric")
    D, n = A / size, len(A)
    for _ in range(30):
        for p in range(n):
            for q in range(p + 1, n):
                theta = np.arctan2(2 * D[p, q], D[q, q] - D[p, p]) / 2
                J = np.eye(n)
                J[p, p] = J[q, q] = np.cos(theta)
                J[p, q], J[q, p] = np.sin(theta), -np.sin(theta)
                D = J.T @ D @ J
    smallest = np.diagonal(D).min()
    return "definite" if smallest > 1e-9 else "semidefinite" if smallest >= -1e-9 else "neither"


# %% right: squares completed by a recursion, with lists
def positive_definite(A):
    n = len(A)
    zero = 1e-9 * max(abs(a) for row in A for a in row)
    if any(abs(A[i][j] - A[j][i]) > zero for i in range(n) for j in range(i)):
        raise ValueError("not symmetric")

    def verdict(R):
        if not R:
            return "definite"
        p, r = max((R[i][i], i) for i in range(len(R)))
        if p <= zero:
            return "semidefinite" if all(abs(a) <= zero for row in R for a in row) else "neither"
        rest = [i for i in range(len(R)) if i != r]
        return verdict([[R[i][j] - R[i][r] * R[r][j] / p for j in rest] for i in rest])

    return verdict(A.tolist())


# %% wrong: looks at the diagonal only
# hint: every entry is positive, and yet
def positive_definite(A):
    if np.abs(A - A.T).max() > 1e-9 * np.abs(A).max():
        raise ValueError
    smallest = np.diagonal(A).min()
    return "definite" if smallest > 0 else "semidefinite" if smallest == 0 else "neither"


# %% wrong: the sign of the determinant
# hint: two negatives make a plus
def positive_definite(A):
    if np.abs(A - A.T).max() > 1e-9 * np.abs(A).max():
        raise ValueError
    U, determinant = A.copy(), 1.0
    for k in range(len(U)):
        if U[k, k] == 0:
            return "semidefinite"
        determinant *= U[k, k]
        U[k + 1 :] -= np.outer(U[k + 1 :, k] / U[k, k], U[k])
    zero = 1e-9 * np.abs(A).max() ** len(A)
    return "definite" if determinant > zero else "semidefinite" if determinant > -zero else "neither"


# %% wrong: a valley is no bowl, so it is neither
# hint: never negative, though zero along (1, −2)
def positive_definite(A):
    zero = 1e-9 * np.abs(A).max()
    if np.abs(A - A.T).max() > zero:
        raise ValueError
    R = A
    while len(R):
        if R[0, 0] <= zero:
            return "neither"
        R = R[1:, 1:] - np.outer(R[1:, 0], R[0, 1:]) / R[0, 0]
    return "definite"


# %% wrong: the corner determinants must not be negative
# hint: the corner determinants 0 and 0 say nothing
def positive_definite(A):
    zero = 1e-9 * np.abs(A).max()
    if np.abs(A - A.T).max() > zero:
        raise ValueError

    def det(M):
        if len(M) == 0:
            return 1.0
        return sum((-1) ** j * M[0, j] * det(np.delete(M[1:], j, axis=1)) for j in range(len(M)))

    corners = [det(A[:k, :k]) / np.abs(A).max() ** k for k in range(1, len(A) + 1)]
    if min(corners) > 1e-9:
        return "definite"
    return "semidefinite" if min(corners) >= -1e-9 else "neither"


# %% wrong: with zeros on the diagonal, all that is left counts as zero
# hint: look at what stands beside it
def positive_definite(A):
    zero = 1e-9 * np.abs(A).max()
    if np.abs(A - A.T).max() > zero:
        raise ValueError
    R = A
    while len(R):
        r = np.argmax(np.diagonal(R))
        p = R[r, r]
        if np.diagonal(R).min() < -zero:
            return "neither"
        if p <= zero:
            return "semidefinite"
        R = np.delete(np.delete(R - np.outer(R[:, r], R[r]) / p, r, 0), r, 1)
    return "definite"


# %% wrong: does not ask for symmetry
# hint: raise a ValueError before you begin
def positive_definite(A):
    zero, R = 1e-9 * np.abs(A).max(), A
    while len(R):
        r = np.argmax(np.diagonal(R))
        p = R[r, r]
        if p <= zero:
            return "semidefinite" if np.abs(R).max() <= zero else "neither"
        R = np.delete(np.delete(R - np.outer(R[:, r], R[r]) / p, r, 0), r, 1)
    return "definite"


# %% wrong: asks for exact symmetry
# hint: symmetric but for rounding is symmetric
def positive_definite(A):
    if not np.array_equal(A, A.T):
        raise ValueError
    zero, R = 1e-9 * np.abs(A).max(), A
    while len(R):
        r = np.argmax(np.diagonal(R))
        p = R[r, r]
        if p <= zero:
            return "semidefinite" if np.abs(R).max() <= zero else "neither"
        R = np.delete(np.delete(R - np.outer(R[:, r], R[r]) / p, r, 0), r, 1)
    return "definite"


# %% wrong: NumPy's allclose, which does not ask for the unit
# hint: measure asymmetry by the largest entry of A
def positive_definite(A):
    if not np.allclose(A, A.T):
        raise ValueError
    zero, R = 1e-9 * np.abs(A).max(), A
    while len(R):
        r = np.argmax(np.diagonal(R))
        p = R[r, r]
        if p <= zero:
            return "semidefinite" if np.abs(R).max() <= zero else "neither"
        R = np.delete(np.delete(R - np.outer(R[:, r], R[r]) / p, r, 0), r, 1)
    return "definite"


# %% wrong: a bound that does not ask for the unit
# hint: small numbers are not zeros
def positive_definite(A):
    if np.abs(A - A.T).max() > 1e-9 * np.abs(A).max():
        raise ValueError
    R = A
    while len(R):
        r = np.argmax(np.diagonal(R))
        p = R[r, r]
        if p <= 1e-9:
            return "semidefinite" if np.abs(R).max() <= 1e-9 else "neither"
        R = np.delete(np.delete(R - np.outer(R[:, r], R[r]) / p, r, 0), r, 1)
    return "definite"


# %% wrong: asks for exactly zero
# hint: rounding leaves a trace in the others
def positive_definite(A):
    if np.abs(A - A.T).max() > 1e-9 * np.abs(A).max():
        raise ValueError
    R = A
    while len(R):
        r = np.argmax(np.diagonal(R))
        p = R[r, r]
        if p <= 0:
            return "neither" if R.any() else "semidefinite"
        R = np.delete(np.delete(R - np.outer(R[:, r], R[r]) / p, r, 0), r, 1)
    return "definite"


# %% wrong: the library's eigenvalues
# hint: uses numpy.linalg.eigvalsh
def positive_definite(A):
    smallest = np.linalg.eigvalsh(A)[0] / np.abs(A).max()
    return "definite" if smallest > 1e-9 else "semidefinite" if smallest > -1e-9 else "neither"


# %% wrong: unanswered
# hint: not answered yet
def positive_definite(A):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's is_positive_definite, its source
# hint: not a truth value
def positive_definite(A):
    if np.abs(A - A.T).max() > 1e-12 * np.abs(A).max():
        raise ValueError("A must be symmetric")
    L = np.zeros_like(A)
    for k in range(len(A)):
        column = A[k:, k] - L[k:, :k] @ L[k, :k]
        if not column[0] > len(A) * 2.2e-16 * A[k, k]:
            return False
        L[k:, k] = column / np.sqrt(column[0])
    return True


# %% paste: mathml's is_positive_definite and is_positive_semidefinite, imported
# hint: uses mathml.matrices
from mathml.matrices import is_positive_definite, is_positive_semidefinite


def positive_definite(A):
    if is_positive_definite(A):
        return "definite"
    return "semidefinite" if is_positive_semidefinite(A) else "neither"
