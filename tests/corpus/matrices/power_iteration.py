# %% right: as described, with the other sign
def power_iteration(apply, d):
    v = np.random.default_rng(11).normal(size=d)
    v /= np.sqrt(np.sum(v**2))
    for _ in range(299):
        w = apply(v)
        eigenvalue = float(v @ w)
        if np.sqrt(np.sum((w - eigenvalue * v) ** 2)) <= 1e-6 * abs(eigenvalue):
            break
        v = w / np.sqrt(np.sum(w**2))
    return eigenvalue, -v


# %% right: two products at a time, so that no sign flips
def power_iteration(apply, d):
    v = np.random.default_rng(3).uniform(-1, 1, size=d)
    while True:
        v = v / np.sqrt(v @ v)
        w = apply(v)
        eigenvalue = v @ w
        if np.sum((w - eigenvalue * v) ** 2) <= 1e-13 * eigenvalue**2:
            return [eigenvalue, v.tolist()]
        v = apply(w)


# %% right: Lanczos, which learns from all the products
def power_iteration(apply, d):
    rng, m = np.random.default_rng(4), min(d, 60)
    v = rng.normal(size=d)
    for _ in range(4):
        Q = [v / np.sqrt(v @ v)]
        images = [apply(Q[0])]
        while len(Q) < m:
            w = images[-1]
            for _ in range(2):
                for q in Q:
                    w = w - (w @ q) * q
            length = np.sqrt(w @ w)
            if length < 1e-10 * np.sqrt(images[-1] @ images[-1]):
                break
            Q.append(w / length)
            images.append(apply(Q[-1]))
        basis = np.array(Q)
        T = basis @ np.array(images).T
        c = rng.normal(size=len(Q))
        for _ in range(5000):
            c = T @ c
            c = c / np.sqrt(c @ c)
        v = c @ basis
    return c @ T @ c, v / np.sqrt(v @ v)


# %% wrong: the eigenvalue is the length of A v
# hint: ‖A v‖ has lost the sign
def power_iteration(apply, d):
    v = np.random.default_rng(0).normal(size=d)
    v = v / np.sqrt(v @ v)
    while True:
        w = apply(v)
        rayleigh = v @ w
        if np.sum((w - rayleigh * v) ** 2) <= 1e-12 * rayleigh**2:
            return np.sqrt(w @ w), v
        v = w / np.sqrt(w @ w)


# %% wrong: waits until v does not change any more
# hint: v flips in every step
def power_iteration(apply, d):
    v = np.random.default_rng(0).normal(size=d)
    v = v / np.sqrt(v @ v)
    while True:
        w = apply(v)
        new = w / np.sqrt(w @ w)
        if np.sqrt(np.sum((new - v) ** 2)) <= 1e-6:
            return new @ apply(new), new
        v = new


# %% wrong: thirty steps, whatever comes
# hint: not after a fixed number
def power_iteration(apply, d):
    v = np.random.default_rng(0).normal(size=d)
    for _ in range(30):
        v = apply(v)
        v = v / np.sqrt(v @ v)
    return v @ apply(v), v


# %% wrong: stops when the eigenvalue has settled
# hint: the eigenvalue settles long before the eigenvector does
def power_iteration(apply, d):
    v, old = np.random.default_rng(0).normal(size=d), 0.0
    while True:
        v = v / np.sqrt(v @ v)
        w = apply(v)
        if abs(v @ w - old) <= 1e-10 * abs(old):
            return v @ w, v
        old, v = v @ w, w


# %% wrong: starts with ones
# hint: a start along (1, 1) is perpendicular to it
def power_iteration(apply, d):
    v = np.ones(d)
    while True:
        v = v / np.sqrt(v @ v)
        w = apply(v)
        if np.sum((w - (v @ w) * v) ** 2) <= 1e-12 * (v @ w) ** 2:
            return v @ w, v
        v = w


# %% wrong: starts along the first axis
# hint: a start along the first axis never leaves it
def power_iteration(apply, d):
    v = np.zeros(d)
    v[0] = 1
    while True:
        v = v / np.sqrt(v @ v)
        w = apply(v)
        if np.sum((w - (v @ w) * v) ** 2) <= 1e-12 * (v @ w) ** 2:
            return v @ w, v
        v = w


# %% wrong: divides by the largest entry, not by the length
# hint: the vector must have length one
def power_iteration(apply, d):
    v = np.random.default_rng(0).normal(size=d)
    while True:
        w = apply(v)
        eigenvalue = (v @ w) / (v @ v)
        if np.sum((w - eigenvalue * v) ** 2) <= 1e-12 * eigenvalue**2 * (v @ v):
            return eigenvalue, v
        v = w / np.abs(w).max()


# %% wrong: vector first, eigenvalue second
# hint: return two things in this order
def power_iteration(apply, d):
    v = np.random.default_rng(0).normal(size=d)
    while True:
        v = v / np.sqrt(v @ v)
        w = apply(v)
        if np.sum((w - (v @ w) * v) ** 2) <= 1e-12 * (v @ w) ** 2:
            return v, v @ w
        v = w


# %% wrong: writes the matrix down first
# hint: multiply by A, do not write it down
def power_iteration(apply, d):
    A = np.array([apply(column) for column in np.eye(d)]).T
    v = np.random.default_rng(0).normal(size=d)
    while True:
        v = v / np.sqrt(v @ v)
        w = A @ v
        if np.sum((w - (v @ w) * v) ** 2) <= 1e-12 * (v @ w) ** 2:
            return v @ w, v
        v = w


# %% wrong: the library's lengths
# hint: uses numpy.linalg.norm
def power_iteration(apply, d):
    v = np.random.default_rng(0).normal(size=d)
    while True:
        v = v / np.linalg.norm(v)
        w = apply(v)
        if np.linalg.norm(w - (v @ w) * v) <= 1e-6 * abs(v @ w):
            return v @ w, v
        v = w


# %% wrong: unanswered
# hint: not answered yet
def power_iteration(apply, d):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's power_iteration, its source
# hint: TypeError
def power_iteration(A, start=None, tol=1e-10, max_iter=10_000):
    v = np.random.default_rng(0).normal(size=len(A)) if start is None else np.asarray(start, dtype=float)
    v = v / np.sqrt(np.sum(v * v))
    for step in range(1, max_iter + 1):
        stretched = A @ v
        eigenvalue = np.sum(v * stretched)
        if np.sqrt(np.sum((stretched - eigenvalue * v) ** 2)) <= tol * np.sqrt(np.sum(stretched**2)):
            return eigenvalue, v, step
        v = stretched / np.sqrt(np.sum(stretched**2))
    raise ValueError("A must have one eigenvalue that is larger in size than all others")


# %% paste: mathml's power_iteration, imported
# hint: uses mathml.matrices
from mathml import matrices


def power_iteration(apply, d):
    A = np.array([apply(column) for column in np.eye(d)]).T
    return matrices.power_iteration(A)[:2]
