# %% right: column by column, and Cholesky as the judge of bowls
def hessian(gradient, x):
    d = len(x)
    H = np.zeros((d, d))
    for j in range(d):
        up, down = x.astype(float), x.astype(float)
        h = 1e-5 * max(1, abs(x[j]))
        up[j] += h
        down[j] -= h
        H[:, j] = (gradient(up) - gradient(down)) / (2 * h)
    H = (H + H.T) / 2
    g = gradient(x)
    try:
        np.linalg.cholesky(H - 1e-6 * np.abs(np.linalg.eigvalsh(H)).max() * np.eye(d))
    except np.linalg.LinAlgError:
        return H, -g
    return H, -np.linalg.inv(H) @ g


# %% right: in the axes of the bowl, as lists
def hessian(gradient, x):
    steps = np.diag(1e-5 * np.maximum(1, np.abs(x)))
    J = np.array([gradient(x + s) - gradient(x - s) for s in steps]) / (2 * np.diagonal(steps))[:, None]
    H = 0.5 * J + 0.5 * J.T
    curvatures, axes = np.linalg.eigh(H)
    g = np.array(gradient(x))
    if all(c > 1e-6 * max(abs(curvatures)) for c in curvatures):
        return H.tolist(), (-axes @ ((axes.T @ g) / curvatures)).tolist()
    return H.tolist(), (-g).tolist()


# %% right: elimination by hand, whose pivots tell a bowl
def hessian(gradient, x):
    d, g = len(x), np.asarray(gradient(x), dtype=float)
    H = np.empty((d, d))
    for j in range(d):
        e = np.zeros(d)
        e[j] = 1e-5 * max(1.0, abs(x[j]))
        H[j] = (np.asarray(gradient(x + e)) - np.asarray(gradient(x - e))) / (2 * e[j])
    H = (H + H.T) / 2
    M = np.column_stack([H, -g])
    for k in range(d):
        if M[k, k] <= 1e-6 * np.abs(H).max():
            return H, -g
        M[k] /= M[k, k]
        for i in range(d):
            if i != k:
                M[i] -= M[i, k] * M[k]
    return H, M[:, d]


# %% wrong: the Hessian only
# hint: return two things
def hessian(gradient, x):
    steps = 1e-5 * np.maximum(1, np.abs(x))
    H = np.array([(gradient(x + e * h) - gradient(x - e * h)) / (2 * h) for e, h in zip(np.eye(len(x)), steps)])
    return (H + H.T) / 2


# %% wrong: divides by h
# hint: x + h and x − h are 2h apart
def hessian(gradient, x):
    steps = 1e-5 * np.maximum(1, np.abs(x))
    H = np.array([(gradient(x + e * h) - gradient(x - e * h)) / h for e, h in zip(np.eye(len(x)), steps)])
    H, g = (H + H.T) / 2, gradient(x)
    values = np.linalg.eigvalsh(H)
    return H, np.linalg.solve(H, -g) if values.min() > 1e-6 * np.abs(values).max() else -g


# %% wrong: on one side only
# hint: take the gradient on both sides of x
def hessian(gradient, x):
    steps = 1e-5 * np.maximum(1, np.abs(x))
    H = np.array([(gradient(x + e * h) - gradient(x)) / h for e, h in zip(np.eye(len(x)), steps)])
    H, g = (H + H.T) / 2, gradient(x)
    values = np.linalg.eigvalsh(H)
    return H, np.linalg.solve(H, -g) if values.min() > 1e-6 * np.abs(values).max() else -g


# %% wrong: the second derivatives in each direction, and none that are mixed
# hint: only the diagonal
def hessian(gradient, x):
    steps = 1e-5 * np.maximum(1, np.abs(x))
    H = np.array([(gradient(x + e * h) - gradient(x - e * h)) / (2 * h) for e, h in zip(np.eye(len(x)), steps)])
    H, g = np.diag(np.diag(H)), gradient(x)
    return H, -g / np.diag(H) if np.diag(H).min() > 1e-6 else -g


# %% wrong: as rounding left it
# hint: rounding leaves H not quite symmetric
def hessian(gradient, x):
    steps = 1e-5 * np.maximum(1, np.abs(x))
    H = np.array([(gradient(x + e * h) - gradient(x - e * h)) / (2 * h) for e, h in zip(np.eye(len(x)), steps)]).T
    g, values = gradient(x), np.linalg.eigvalsh(H)
    return H, np.linalg.solve(H, -g) if values.min() > 1e-6 * np.abs(values).max() else -g


# %% wrong: a step in parts of x
# hint: its step is 10⁻⁵ all the same
def hessian(gradient, x):
    steps = 1e-5 * np.abs(x)
    H = np.array([(gradient(x + e * h) - gradient(x - e * h)) / (2 * h) for e, h in zip(np.eye(len(x)), steps)])
    H, g = (H + H.T) / 2, gradient(x)
    if np.isnan(H).any():
        return H, -g
    values = np.linalg.eigvalsh(H)
    return H, np.linalg.solve(H, -g) if values.min() > 1e-6 * np.abs(values).max() else -g


# %% wrong: H s = g
# hint: leads away from the bottom
def hessian(gradient, x):
    steps = 1e-5 * np.maximum(1, np.abs(x))
    H = np.array([(gradient(x + e * h) - gradient(x - e * h)) / (2 * h) for e, h in zip(np.eye(len(x)), steps)])
    H, g = (H + H.T) / 2, gradient(x)
    values = np.linalg.eigvalsh(H)
    return H, np.linalg.solve(H, g) if values.min() > 1e-6 * np.abs(values).max() else -g


# %% wrong: the plain step everywhere
# hint: the plain step is not Newton's
def hessian(gradient, x):
    steps = 1e-5 * np.maximum(1, np.abs(x))
    H = np.array([(gradient(x + e * h) - gradient(x - e * h)) / (2 * h) for e, h in zip(np.eye(len(x)), steps)])
    return (H + H.T) / 2, -gradient(x)


# %% wrong: where the step leads
# hint: return the step itself
def hessian(gradient, x):
    steps = 1e-5 * np.maximum(1, np.abs(x))
    H = np.array([(gradient(x + e * h) - gradient(x - e * h)) / (2 * h) for e, h in zip(np.eye(len(x)), steps)])
    H, g = (H + H.T) / 2, gradient(x)
    values = np.linalg.eigvalsh(H)
    return H, x + (np.linalg.solve(H, -g) if values.min() > 1e-6 * np.abs(values).max() else -g)


# %% wrong: divides by the diagonal of H
# hint: solve all equations together
def hessian(gradient, x):
    steps = 1e-5 * np.maximum(1, np.abs(x))
    H = np.array([(gradient(x + e * h) - gradient(x - e * h)) / (2 * h) for e, h in zip(np.eye(len(x)), steps)])
    H, g = (H + H.T) / 2, gradient(x)
    values = np.linalg.eigvalsh(H)
    return H, -g / np.diagonal(H) if values.min() > 1e-6 * np.abs(values).max() else -g


# %% wrong: Newton everywhere
# hint: that runs into the saddle
def hessian(gradient, x):
    steps = 1e-5 * np.maximum(1, np.abs(x))
    H = np.array([(gradient(x + e * h) - gradient(x - e * h)) / (2 * h) for e, h in zip(np.eye(len(x)), steps)])
    H = (H + H.T) / 2
    return H, np.linalg.solve(H, -gradient(x))


# %% wrong: asks the determinant
# hint: that climbs the hill
def hessian(gradient, x):
    steps = 1e-5 * np.maximum(1, np.abs(x))
    H = np.array([(gradient(x + e * h) - gradient(x - e * h)) / (2 * h) for e, h in zip(np.eye(len(x)), steps)])
    H, g = (H + H.T) / 2, gradient(x)
    return H, np.linalg.solve(H, -g) if np.linalg.det(H) > 1e-6 else -g


# %% wrong: asks the diagonal
# hint: the diagonal of H is positive
def hessian(gradient, x):
    steps = 1e-5 * np.maximum(1, np.abs(x))
    H = np.array([(gradient(x + e * h) - gradient(x - e * h)) / (2 * h) for e, h in zip(np.eye(len(x)), steps)])
    H, g = (H + H.T) / 2, gradient(x)
    return H, np.linalg.solve(H, -g) if np.diagonal(H).min() > 1e-6 else -g


# %% wrong: takes a level floor for a bowl
# hint: a valley with a level floor
def hessian(gradient, x):
    steps = 1e-5 * np.maximum(1, np.abs(x))
    H = np.array([(gradient(x + e * h) - gradient(x - e * h)) / (2 * h) for e, h in zip(np.eye(len(x)), steps)])
    H, g = (H + H.T) / 2, gradient(x)
    return H, np.linalg.pinv(H) @ -g if np.linalg.eigvalsh(H).min() > -1e-6 else -g


# %% wrong: unanswered
# hint: not answered yet
def hessian(gradient, x):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's hessian, its source, for a loss that is not given
# hint: the change of the whole gradient when xⱼ moves
def hessian(f, x):
    d = len(x)
    H, h = np.zeros((d, d)), 1e-4
    for i, e in enumerate(np.eye(d)):
        for j, u in enumerate(np.eye(d)):
            corners = f(x + h * (e + u)) - f(x + h * (e - u)) - f(x - h * (e - u)) + f(x - h * (e + u))
            H[i, j] = corners / (4 * h * h)
    return H


# %% paste: mathml's jacobian of the gradient and its Newton, imported
# hint: uses mathml.calculus
from mathml.calculus import jacobian


def hessian(gradient, x):
    H = jacobian(gradient, x)
    H, g = (H + H.T) / 2, gradient(x)
    values = np.linalg.eigvalsh(H)
    return H, np.linalg.solve(H, -g) if values.min() > 1e-6 * np.abs(values).max() else -g
