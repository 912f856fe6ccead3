# %% right: QR of the tall matrix, back substitution by hand
def least_squares(A, b, strength):
    d = A.shape[1]
    tall = np.vstack([A, np.sqrt(strength) * np.eye(d)])
    Q, R = np.linalg.qr(tall)
    y = Q.T @ np.concatenate([b, np.zeros(d)])
    x = np.zeros(d)
    for j in range(d - 1, -1, -1):
        x[j] = (y[j] - R[j, j + 1 :] @ x[j + 1 :]) / R[j, j]
    return x


# %% right: the library's least squares on the tall matrix
def least_squares(A, b, strength):
    d = A.shape[1]
    tall, right = np.r_[A, strength**0.5 * np.identity(d)], np.r_[b, np.zeros(d)]
    return np.linalg.lstsq(tall, right, rcond=None)[0].tolist()


# %% right: the SVD of A, each singular value damped
def least_squares(A, b, strength):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return Vt.T @ (s / (s**2 + strength) * (U.T @ b))


# %% right: Householder's reflections on the tall matrix with its right side
def least_squares(A, b, strength):
    d = A.shape[1]
    M = np.column_stack([np.vstack([A, np.sqrt(strength) * np.eye(d)]), np.append(b, np.zeros(d))])
    for j in range(d):
        v = M[j:, j].copy()
        v[0] += np.copysign(np.sqrt(v @ v), v[0])
        if v.any():
            M[j:] -= np.outer(2 * v / (v @ v), v @ M[j:])
    return np.linalg.solve(np.triu(M[:d, :d]), M[:d, d])


# %% wrong: way A, with the inverse
# hint: choose the way that never forms it
def least_squares(A, b, strength):
    return np.linalg.inv(A.T @ A + strength * np.eye(A.shape[1])) @ A.T @ b


# %% wrong: way B, elimination without the inverse
# hint: elimination found 0/0
def least_squares(A, b, strength):
    d = A.shape[1]
    M = np.column_stack([A.T @ A + strength * np.eye(d), A.T @ b])
    for j in range(d):
        i = j + np.argmax(np.abs(M[j:, j]))
        M[[i, j]] = M[[j, i]]
        M[j] /= M[j, j]
        for k in range(d):
            if k != j:
                M[k] -= M[k, j] * M[j]
    return M[:, d]


# %% wrong: the pseudo-inverse of AᵀA
# hint: all coefficients became the same
def least_squares(A, b, strength):
    return np.linalg.pinv(A.T @ A + strength * np.eye(A.shape[1])) @ A.T @ b


# %% wrong: λ without its root
# hint: would count λ twice, as λ²
def least_squares(A, b, strength):
    d = A.shape[1]
    Q, R = np.linalg.qr(np.vstack([A, strength * np.eye(d)]))
    return np.linalg.solve(R, Q.T @ np.append(b, np.zeros(d)))


# %% wrong: λ on every entry
# hint: λ was added to every entry
def least_squares(A, b, strength):
    return np.linalg.solve(A.T @ A + strength, A.T @ b)


# %% wrong: without λ
# hint: λ has no effect
def least_squares(A, b, strength):
    return np.linalg.lstsq(A, b, rcond=None)[0]


# %% wrong: one identity for all sizes
# hint: each coefficient has an equation of its own
def least_squares(A, b, strength):
    n = len(A)
    Q, R = np.linalg.qr(np.vstack([A, np.sqrt(strength) * np.eye(n)]))
    return np.linalg.solve(R, Q.T @ np.append(b, np.zeros(n)))


# %% wrong: elimination with all equations, as if there were as many as unknowns
# hint: three points
def least_squares(A, b, strength):
    if strength == 0:
        return np.linalg.solve(A, b)
    d = A.shape[1]
    Q, R = np.linalg.qr(np.vstack([A, np.sqrt(strength) * np.eye(d)]))
    return np.linalg.solve(R, Q[: len(A)].T @ b)


# %% wrong: gives up where there are more columns than rows
# hint: there is one solution all the same
def least_squares(A, b, strength):
    n, d = A.shape
    if n < d:
        raise ValueError("more unknowns than equations")
    Q, R = np.linalg.qr(np.vstack([A, np.sqrt(strength) * np.eye(d)]))
    return np.linalg.solve(R, Q[:n].T @ b)


# %% wrong: unanswered
# hint: not answered yet
def least_squares(A, b, strength):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's least squares by QR, its source
# hint: put √λ I below A
def least_squares(A, b, method="qr"):
    Q, R = np.linalg.qr(A)
    new = np.abs(np.diagonal(R)) > max(A.shape) * 2.2e-16 * np.sqrt(np.sum(R**2, axis=0))[: len(R)]
    if not new.all() or len(R) != A.shape[1]:
        raise ValueError('A must have independent columns, but they depend on one another: use method="svd"')
    return np.linalg.solve(R, Q.T @ b)


# %% paste: mathml's least_squares, imported
# hint: uses mathml.matrices
from mathml import matrices as mm


def least_squares(A, b, strength):
    d = A.shape[1]
    return mm.least_squares(np.vstack([A, np.sqrt(strength) * np.eye(d)]), np.append(b, np.zeros(d)))
