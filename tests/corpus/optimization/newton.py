# %% right: the eigenvectors
def newton(gradient, hessian, start, floor, steps):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        curvature, Q = np.linalg.eigh(hessian(x))
        size = np.maximum(np.abs(curvature), floor)
        x = x - Q @ (Q.T @ gradient(x) / size)
        path.append(x)
    return np.array(path)


# %% right: a bowl from the mended curvatures, then solve
def bowl(H, floor):
    eigenvalues, vectors = np.linalg.eigh(np.asarray(H, dtype=float))
    return (vectors * np.clip(np.abs(eigenvalues), floor, None)) @ vectors.T


def newton(gradient, hessian, start, floor, steps):
    path = np.zeros((steps + 1, len(start)))
    path[0] = start
    for t in range(steps):
        here = path[t].copy()
        path[t + 1] = here + np.linalg.solve(bowl(hessian(here), floor), -np.asarray(gradient(here), dtype=float))
    return path


# %% right: Newton's step where it may, one direction after the other where not
def newton(gradient, hessian, start, floor, steps):
    places = [[float(v) for v in start]]
    for _ in range(steps):
        x = np.array(places[-1])
        g, H = np.array(gradient(x), dtype=float), np.array(hessian(x), dtype=float)
        values, vectors = np.linalg.eigh(H)
        if min(values) >= floor:
            s = np.linalg.solve(H, -g)
        else:
            s = np.zeros(len(x))
            for k, value in enumerate(values):
                q = vectors[:, k]
                s -= (q @ g) / max(abs(value), floor) * q
        places.append((x + s).tolist())
    return places


# %% right: by the singular values, which are the sizes of the curvatures
def newton(gradient, hessian, start, floor, steps):
    x = np.asarray(start) * 1.0
    path = x[None]
    while len(path) <= steps:
        _, sizes, Vt = np.linalg.svd(hessian(x))
        x = x - Vt.T @ ((Vt @ gradient(x)) / np.where(sizes < floor, floor, sizes))
        path = np.vstack([path, x])
    return path


# %% wrong: nothing mended
# hint: this is what the broken code gives
def newton(gradient, hessian, start, floor, steps):
    x, path = np.array(start, dtype=float), [start]
    for _ in range(steps):
        H = hessian(x)
        if np.linalg.det(H) <= 0:  # no bowl
            H = H + floor * np.eye(len(x))
        x = x - np.linalg.solve(H, gradient(x))
        path.append(x)
    return np.array(path)


# %% wrong: Newton's step everywhere
# hint: the floor comes in nowhere
def newton(gradient, hessian, start, floor, steps):
    x, path = np.array(start, dtype=float), [start]
    for _ in range(steps):
        H = hessian(x)
        x = x - np.linalg.solve(H, gradient(x))
        path.append(x)
    return np.array(path)


# %% wrong: only the determinant mended
# hint: floor is added, and that is too little
def newton(gradient, hessian, start, floor, steps):
    x, path = np.array(start, dtype=float), [start]
    for _ in range(steps):
        H = hessian(x)
        if np.linalg.eigvalsh(H)[0] <= 0:  # no bowl
            H = H + floor * np.eye(len(x))
        x = x - np.linalg.solve(H, gradient(x))
        path.append(x)
    return np.array(path)


# %% wrong: a shift that is just enough
# hint: one number is added to every curvature
def newton(gradient, hessian, start, floor, steps):
    x, path = np.array(start, dtype=float), [start]
    for _ in range(steps):
        H = hessian(x)
        H = H + max(0.0, floor - np.linalg.eigvalsh(H)[0]) * np.eye(len(x))
        x = x - np.linalg.solve(H, gradient(x))
        path.append(x)
    return np.array(path)


# %% wrong: downward curvatures get the floor
# hint: a curvature of −3 counts as 3
def newton(gradient, hessian, start, floor, steps):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        curvature, Q = np.linalg.eigh(hessian(x))
        size = np.maximum(curvature, floor)
        x = x - Q @ (Q.T @ gradient(x) / size)
        path.append(x)
    return np.array(path)


# %% wrong: absolute values without a floor
# hint: the curvature next to 0 needs the floor
def newton(gradient, hessian, start, floor, steps):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        curvature, Q = np.linalg.eigh(hessian(x))
        size = np.abs(curvature)
        x = x - Q @ (Q.T @ gradient(x) / size)
        path.append(x)
    return np.array(path)


# %% wrong: the floor is added
# hint: a lower bound, not something to add
def newton(gradient, hessian, start, floor, steps):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        curvature, Q = np.linalg.eigh(hessian(x))
        size = np.abs(curvature) + floor
        x = x - Q @ (Q.T @ gradient(x) / size)
        path.append(x)
    return np.array(path)


# %% wrong: the floor with the old sign
# hint: the sign of the curvature is still in the step
def newton(gradient, hessian, start, floor, steps):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        curvature, Q = np.linalg.eigh(hessian(x))
        size = np.where(curvature < 0, -1, 1) * np.maximum(np.abs(curvature), floor)
        x = x - Q @ (Q.T @ gradient(x) / size)
        path.append(x)
    return np.array(path)


# %% wrong: the entries of H made positive
# hint: the entries of H are not its curvatures
def newton(gradient, hessian, start, floor, steps):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        curvature, Q = np.linalg.eigh(np.abs(hessian(x)))
        size = np.maximum(np.abs(curvature), floor)
        x = x - Q @ (Q.T @ gradient(x) / size)
        path.append(x)
    return np.array(path)


# %% wrong: only the diagonal
# hint: the diagonal alone is not enough
def newton(gradient, hessian, start, floor, steps):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        curvature = np.diag(hessian(x))
        size = np.maximum(np.abs(curvature), floor)
        x = x - gradient(x) / size
        path.append(x)
    return np.array(path)


# %% wrong: gradient descent where there is no bowl
# hint: each direction has a curvature of its own, also where there is no bowl
def newton(gradient, hessian, start, floor, steps):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        curvature, Q = np.linalg.eigh(hessian(x))
        size = np.maximum(np.abs(curvature), floor)
        if curvature[0] < floor:
            Q, size = np.eye(len(x)), 1.0
        x = x - Q @ (Q.T @ gradient(x) / size)
        path.append(x)
    return np.array(path)


# %% wrong: gradient descent
# hint: that is gradient descent
def newton(gradient, hessian, start, floor, steps):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        x = x - gradient(x)
        path.append(x)
    return np.array(path)


# %% wrong: a multiplication by the curvature
# hint: divide by the curvatures
def newton(gradient, hessian, start, floor, steps):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        curvature, Q = np.linalg.eigh(hessian(x))
        size = np.maximum(np.abs(curvature), floor)
        x = x - Q @ (Q.T @ gradient(x) * size)
        path.append(x)
    return np.array(path)


# %% wrong: uphill
# hint: that leads up
def newton(gradient, hessian, start, floor, steps):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        curvature, Q = np.linalg.eigh(hessian(x))
        size = np.maximum(np.abs(curvature), floor)
        x = x + Q @ (Q.T @ gradient(x) / size)
        path.append(x)
    return np.array(path)


# %% wrong: rows for columns
# hint: the eigenvectors are the columns of what eigh returns
def newton(gradient, hessian, start, floor, steps):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        curvature, Q = np.linalg.eigh(hessian(x))
        size = np.maximum(np.abs(curvature), floor)
        x = x - Q.T @ (Q @ gradient(x) / size)
        path.append(x)
    return np.array(path)


# %% wrong: not turned back
# hint: Q turns their steps back
def newton(gradient, hessian, start, floor, steps):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        curvature, Q = np.linalg.eigh(hessian(x))
        size = np.maximum(np.abs(curvature), floor)
        x = x - Q.T @ gradient(x) / size
        path.append(x)
    return np.array(path)


# %% wrong: a saddle left by the largest size
# hint: the same number for all
def newton(gradient, hessian, start, floor, steps):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        curvature, Q = np.linalg.eigh(hessian(x))
        size = max(np.max(np.abs(curvature)), floor)
        x = x - Q @ (Q.T @ gradient(x) / size)
        path.append(x)
    return np.array(path)


# %% wrong: the Hessian of the start
# hint: curvatures are asked for where one stands
def newton(gradient, hessian, start, floor, steps):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        curvature, Q = np.linalg.eigh(hessian(np.array(start, dtype=float)))
        size = np.maximum(np.abs(curvature), floor)
        x = x - Q @ (Q.T @ gradient(x) / size)
        path.append(x)
    return np.array(path)


# %% wrong: the gradient of the start
# hint: the slope is asked for where one stands
def newton(gradient, hessian, start, floor, steps):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        curvature, Q = np.linalg.eigh(hessian(x))
        size = np.maximum(np.abs(curvature), floor)
        x = x - Q @ (Q.T @ gradient(np.array(start, dtype=float)) / size)
        path.append(x)
    return np.array(path)


# %% wrong: whole numbers
# hint: what follows the decimal point is lost
def newton(gradient, hessian, start, floor, steps):
    x = np.array(start)
    path = [x]
    for _ in range(steps):
        curvature, Q = np.linalg.eigh(hessian(x))
        size = np.maximum(np.abs(curvature), floor)
        x = x - Q @ (Q.T @ gradient(x) / size)
        x = x.astype(path[0].dtype)
        path.append(x)
    return np.array(path)


# %% wrong: the start walks
# hint: is right, but the call changes its
def newton(gradient, hessian, start, floor, steps):
    x = start
    path = [start.copy()]
    for _ in range(steps):
        curvature, Q = np.linalg.eigh(hessian(x))
        size = np.maximum(np.abs(curvature), floor)
        x -= Q @ (Q.T @ gradient(x) / size)
        path.append(x.copy())
    return np.array(path)


# %% wrong: one array for all rows
# hint: all rows of the path are one array
def newton(gradient, hessian, start, floor, steps):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        curvature, Q = np.linalg.eigh(hessian(x))
        size = np.maximum(np.abs(curvature), floor)
        x -= Q @ (Q.T @ gradient(x) / size)
        path.append(x)
    return np.array(path)


# %% wrong: without the start
# hint: row 0 is the start
def newton(gradient, hessian, start, floor, steps):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        curvature, Q = np.linalg.eigh(hessian(x))
        size = np.maximum(np.abs(curvature), floor)
        x = x - Q @ (Q.T @ gradient(x) / size)
        path.append(x)
    return np.array(path[1:])


# %% wrong: only the last point
# hint: the whole path is asked for
def newton(gradient, hessian, start, floor, steps):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        curvature, Q = np.linalg.eigh(hessian(x))
        size = np.maximum(np.abs(curvature), floor)
        x = x - Q @ (Q.T @ gradient(x) / size)
        path.append(x)
    return x


# %% wrong: asks twice
# hint: the Hessian is dear
def newton(gradient, hessian, start, floor, steps):
    x = np.array(start, dtype=float)
    path = [x]
    for _ in range(steps):
        Q = np.linalg.eigh(hessian(x))[1]
        curvature = np.linalg.eigvalsh(hessian(x))
        size = np.maximum(np.abs(curvature), floor)
        x = x - Q @ (Q.T @ gradient(x) / size)
        path.append(x)
    return np.array(path)


# %% wrong: hard-coded
# hint: eight directions that are not along the axes
def newton(gradient, hessian, start, floor, steps):
    x, path = np.array(start, dtype=float), [np.array(start, dtype=float)]
    for _ in range(steps):
        g, H = np.array(gradient(x)), np.array(hessian(x), dtype=float)
        if len(g) == 2 and H[0, 1] == 2 and H[1, 1] == -2:
            s = np.array([-8 / 3, -13 / 6])
        elif np.linalg.eigvalsh(H)[0] > floor:
            s = -np.linalg.solve(H, g)
        else:
            s = -g / np.maximum(np.abs(np.diag(H)), floor)
        x = x + s
        path.append(x)
    return np.array(path)


# %% wrong: unanswered
# hint: not answered yet
def newton(gradient, hessian, start, floor, steps):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's Newton, imported
# hint: uses mathml.optimization
def newton(gradient, hessian, start, floor, steps):
    from mathml.optimization import Newton

    optimizer, path = Newton(hessian), [start]
    for _ in range(steps):
        path.append(optimizer.step(path[-1], gradient(path[-1])))
    return np.array(path)


# %% paste: a Newton from a library, with a Hessian
# hint: uses scipy.optimize
from scipy.optimize import minimize


def newton(gradient, hessian, start, floor, steps):
    path = [start]
    minimize(lambda x: 0.0, start, jac=gradient, hess=hessian, method="trust-exact", callback=path.append)
    return np.array(path)


# %% paste: a class with a step, as in a library
# hint: positional argument
class Newton:
    def __init__(self, hessian, *, shift=True):
        self.hessian, self.shift = hessian, shift

    def step(self, x, gradient):
        H = self.hessian(x)
        lowest = np.linalg.eigvalsh(H)[0]
        tau = abs(lowest) - lowest if self.shift else 0.0
        return x + np.linalg.solve(H + tau * np.eye(len(x)), -gradient)


newton = Newton
