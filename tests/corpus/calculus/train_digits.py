# %% right: part by part, with matrix products
def train_digits(X, labels, start, rate, steps):
    W1, b1, W2, b2 = (np.array(w, dtype=float) for w in start)
    n, parts, k = len(X), X.shape[1], len(b1)
    Y = np.zeros((n, len(b2)))
    Y[np.arange(n), labels] = 1
    for _ in range(steps):
        H = [np.tanh(X[:, q] @ W1 + b1) for q in range(parts)]
        F = np.concatenate(H, axis=1)
        dO = 2 * (F @ W2 + b2 - Y) / n
        dF = dO @ W2.T
        dW1, db1 = np.zeros_like(W1), np.zeros_like(b1)
        for q in range(parts):
            dZ = dF[:, q * k : (q + 1) * k] * (1 - H[q] ** 2)
            dW1 += X[:, q].T @ dZ
            db1 += dZ.sum(axis=0)
        W2 -= rate * (F.T @ dO)
        b2 -= rate * dO.sum(axis=0)
        W1 -= rate * dW1
        b1 -= rate * db1
    return W1, b1, W2, b2


# %% right: all parts as more pictures, einsum, and a column of ones for the biases
def train_digits(X, labels, start, rate, steps):
    W1, b1, W2, b2 = start
    A, B = np.vstack([W1, b1]), np.vstack([W2, b2])
    n, q, p = X.shape
    looks = np.concatenate([X.reshape(n * q, p), np.ones((n * q, 1))], axis=1)
    Y = (labels[:, None] == np.arange(B.shape[1])).astype(float)
    for _ in range(steps):
        H = np.tanh(looks @ A)
        F = np.concatenate([H.reshape(n, -1), np.ones((n, 1))], axis=1)
        error = F @ B - Y
        back = np.einsum("nm,fm->nf", error, B[:-1]).reshape(H.shape) / np.cosh(looks @ A) ** 2
        A, B = A - rate * 2 / n * looks.T @ back, B - rate * 2 / n * F.T @ error
    return [A[:-1], A[-1], B[:-1], B[-1]]


# %% right: a rule for each layer, in float32
def train_digits(X, labels, start, rate, steps):
    weights = [np.asarray(w, dtype=np.float32) for w in start]
    X = np.asarray(X, dtype=np.float32)
    flat = X.reshape(-1, X.shape[2])
    Y = np.eye(len(weights[3]), dtype=np.float32)[labels]

    def linear_backward(X, W, upstream):
        return upstream @ W.T, X.T @ upstream, upstream.sum(axis=0)

    for _ in range(steps):
        W1, b1, W2, b2 = weights
        H = np.tanh(flat @ W1 + b1)
        F = H.reshape(len(X), -1)
        dF, dW2, db2 = linear_backward(F, W2, np.float32(2 / len(X)) * (F @ W2 + b2 - Y))
        _, dW1, db1 = linear_backward(flat, W1, dF.reshape(H.shape) * (1 - H * H))
        weights = [w - np.float32(rate) * g for w, g in zip(weights, (dW1, db1, dW2, db2))]
    return tuple(weights)


# %% wrong: without the 2
# hint: that is half of it
def train_digits(X, labels, start, rate, steps):
    W1, b1, W2, b2 = start
    n, Y = len(X), np.eye(len(b2))[labels]
    for _ in range(steps):
        H = np.tanh(X @ W1 + b1)
        F = H.reshape(n, -1)
        dO = (F @ W2 + b2 - Y) / n
        dZ = (dO @ W2.T).reshape(H.shape) * (1 - H**2)
        W1, b1 = W1 - rate * np.tensordot(X, dZ, axes=([0, 1], [0, 1])), b1 - rate * dZ.sum(axis=(0, 1))
        W2, b2 = W2 - rate * F.T @ dO, b2 - rate * dO.sum(axis=0)
    return W1, b1, W2, b2


# %% wrong: the sum over all pictures
# hint: divide by the number of pictures
def train_digits(X, labels, start, rate, steps):
    W1, b1, W2, b2 = start
    n, Y = len(X), np.eye(len(b2))[labels]
    for _ in range(steps):
        H = np.tanh(X @ W1 + b1)
        F = H.reshape(n, -1)
        dO = 2 * (F @ W2 + b2 - Y)
        dZ = (dO @ W2.T).reshape(H.shape) * (1 - H**2)
        W1, b1 = W1 - rate * np.tensordot(X, dZ, axes=([0, 1], [0, 1])), b1 - rate * dZ.sum(axis=(0, 1))
        W2, b2 = W2 - rate * F.T @ dO, b2 - rate * dO.sum(axis=0)
    return W1, b1, W2, b2


# %% wrong: climbs
# hint: that climbs
def train_digits(X, labels, start, rate, steps):
    W1, b1, W2, b2 = start
    n, Y = len(X), np.eye(len(b2))[labels]
    for _ in range(steps):
        H = np.tanh(X @ W1 + b1)
        F = H.reshape(n, -1)
        dO = 2 / n * (Y - (F @ W2 + b2))
        dZ = (dO @ W2.T).reshape(H.shape) * (1 - H**2)
        W1, b1 = W1 - rate * np.tensordot(X, dZ, axes=([0, 1], [0, 1])), b1 - rate * dZ.sum(axis=(0, 1))
        W2, b2 = W2 - rate * F.T @ dO, b2 - rate * dO.sum(axis=0)
    return W1, b1, W2, b2


# %% wrong: the label itself as what O should be
# hint: Y is 1 at the place of the label
def train_digits(X, labels, start, rate, steps):
    W1, b1, W2, b2 = start
    n = len(X)
    for _ in range(steps):
        H = np.tanh(X @ W1 + b1)
        F = H.reshape(n, -1)
        dO = 2 / n * (F @ W2 + b2 - labels[:, None])
        dZ = (dO @ W2.T).reshape(H.shape) * (1 - H**2)
        W1, b1 = W1 - rate * np.tensordot(X, dZ, axes=([0, 1], [0, 1])), b1 - rate * dZ.sum(axis=(0, 1))
        W2, b2 = W2 - rate * F.T @ dO, b2 - rate * dO.sum(axis=0)
    return W1, b1, W2, b2


# %% wrong: no learning rate
# hint: the learning rate has no effect
def train_digits(X, labels, start, rate, steps):
    W1, b1, W2, b2 = start
    n, Y = len(X), np.eye(len(b2))[labels]
    for _ in range(steps):
        H = np.tanh(X @ W1 + b1)
        F = H.reshape(n, -1)
        dO = 2 / n * (F @ W2 + b2 - Y)
        dZ = (dO @ W2.T).reshape(H.shape) * (1 - H**2)
        W1, b1 = W1 - np.tensordot(X, dZ, axes=([0, 1], [0, 1])), b1 - dZ.sum(axis=(0, 1))
        W2, b2 = W2 - F.T @ dO, b2 - dO.sum(axis=0)
    return W1, b1, W2, b2


# %% wrong: only the first layer learns
# hint: the second layer has not learned anything
def train_digits(X, labels, start, rate, steps):
    W1, b1, W2, b2 = start
    n, Y = len(X), np.eye(len(b2))[labels]
    for _ in range(steps):
        H = np.tanh(X @ W1 + b1)
        dO = 2 / n * (H.reshape(n, -1) @ W2 + b2 - Y)
        dZ = (dO @ W2.T).reshape(H.shape) * (1 - H**2)
        W1, b1 = W1 - rate * np.tensordot(X, dZ, axes=([0, 1], [0, 1])), b1 - rate * dZ.sum(axis=(0, 1))
    return W1, b1, W2, b2


# %% wrong: only the second layer learns
# hint: the first layer has not learned anything
def train_digits(X, labels, start, rate, steps):
    W1, b1, W2, b2 = start
    n, Y = len(X), np.eye(len(b2))[labels]
    F = np.tanh(X @ W1 + b1).reshape(n, -1)
    for _ in range(steps):
        dO = 2 / n * (F @ W2 + b2 - Y)
        W2, b2 = W2 - rate * F.T @ dO, b2 - rate * dO.sum(axis=0)
    return W1, b1, W2, b2


# %% wrong: no slope of tanh
# hint: the slope of tanh is missing
def train_digits(X, labels, start, rate, steps):
    W1, b1, W2, b2 = start
    n, Y = len(X), np.eye(len(b2))[labels]
    for _ in range(steps):
        H = np.tanh(X @ W1 + b1)
        F = H.reshape(n, -1)
        dO = 2 / n * (F @ W2 + b2 - Y)
        dZ = (dO @ W2.T).reshape(H.shape)
        W1, b1 = W1 - rate * np.tensordot(X, dZ, axes=([0, 1], [0, 1])), b1 - rate * dZ.sum(axis=(0, 1))
        W2, b2 = W2 - rate * F.T @ dO, b2 - rate * dO.sum(axis=0)
    return W1, b1, W2, b2


# %% wrong: a slope without the square
# hint: and this is 1 − H
def train_digits(X, labels, start, rate, steps):
    W1, b1, W2, b2 = start
    n, Y = len(X), np.eye(len(b2))[labels]
    for _ in range(steps):
        H = np.tanh(X @ W1 + b1)
        F = H.reshape(n, -1)
        dO = 2 / n * (F @ W2 + b2 - Y)
        dZ = (dO @ W2.T).reshape(H.shape) * (1 - H)
        W1, b1 = W1 - rate * np.tensordot(X, dZ, axes=([0, 1], [0, 1])), b1 - rate * dZ.sum(axis=(0, 1))
        W2, b2 = W2 - rate * F.T @ dO, b2 - rate * dO.sum(axis=0)
    return W1, b1, W2, b2


# %% wrong: the slope of the sigmoid
# hint: that is the slope of the sigmoid
def train_digits(X, labels, start, rate, steps):
    W1, b1, W2, b2 = start
    n, Y = len(X), np.eye(len(b2))[labels]
    for _ in range(steps):
        H = np.tanh(X @ W1 + b1)
        F = H.reshape(n, -1)
        dO = 2 / n * (F @ W2 + b2 - Y)
        dZ = (dO @ W2.T).reshape(H.shape) * H * (1 - H)
        W1, b1 = W1 - rate * np.tensordot(X, dZ, axes=([0, 1], [0, 1])), b1 - rate * dZ.sum(axis=(0, 1))
        W2, b2 = W2 - rate * F.T @ dO, b2 - rate * dO.sum(axis=0)
    return W1, b1, W2, b2


# %% wrong: only what the first part says
# hint: only the first part has a say
def train_digits(X, labels, start, rate, steps):
    W1, b1, W2, b2 = start
    n, Y = len(X), np.eye(len(b2))[labels]
    for _ in range(steps):
        H = np.tanh(X @ W1 + b1)
        F = H.reshape(n, -1)
        dO = 2 / n * (F @ W2 + b2 - Y)
        dZ = (dO @ W2.T).reshape(H.shape) * (1 - H**2)
        W1, b1 = W1 - rate * X[:, 0].T @ dZ[:, 0], b1 - rate * dZ[:, 0].sum(axis=0)
        W2, b2 = W2 - rate * F.T @ dO, b2 - rate * dO.sum(axis=0)
    return W1, b1, W2, b2


# %% wrong: each part writes over the one before
# hint: only the last part has a say
def train_digits(X, labels, start, rate, steps):
    W1, b1, W2, b2 = start
    n, Y = len(X), np.eye(len(b2))[labels]
    for _ in range(steps):
        H = np.tanh(X @ W1 + b1)
        F = H.reshape(n, -1)
        dO = 2 / n * (F @ W2 + b2 - Y)
        dZ = (dO @ W2.T).reshape(H.shape) * (1 - H**2)
        for q in range(X.shape[1]):
            dW1, db1 = X[:, q].T @ dZ[:, q], dZ[:, q].sum(axis=0)
        W1, b1 = W1 - rate * dW1, b1 - rate * db1
        W2, b2 = W2 - rate * F.T @ dO, b2 - rate * dO.sum(axis=0)
    return W1, b1, W2, b2


# %% wrong: the mean of the parts
# hint: the shares of the parts add up
def train_digits(X, labels, start, rate, steps):
    W1, b1, W2, b2 = start
    n, Y = len(X), np.eye(len(b2))[labels]
    for _ in range(steps):
        H = np.tanh(X @ W1 + b1)
        F = H.reshape(n, -1)
        dO = 2 / n * (F @ W2 + b2 - Y)
        dZ = (dO @ W2.T).reshape(H.shape) * (1 - H**2) / X.shape[1]
        W1, b1 = W1 - rate * np.tensordot(X, dZ, axes=([0, 1], [0, 1])), b1 - rate * dZ.sum(axis=(0, 1))
        W2, b2 = W2 - rate * F.T @ dO, b2 - rate * dO.sum(axis=0)
    return W1, b1, W2, b2


# %% wrong: a bias for each part
# hint: b₁ serves all parts
def train_digits(X, labels, start, rate, steps):
    W1, b1, W2, b2 = start
    n, Y = len(X), np.eye(len(b2))[labels]
    for _ in range(steps):
        H = np.tanh(X @ W1 + b1)
        F = H.reshape(n, -1)
        dO = 2 / n * (F @ W2 + b2 - Y)
        dZ = (dO @ W2.T).reshape(H.shape) * (1 - H**2)
        W1, b1 = W1 - rate * np.tensordot(X, dZ, axes=([0, 1], [0, 1])), b1 - rate * dZ.sum(axis=0)
        W2, b2 = W2 - rate * F.T @ dO, b2 - rate * dO.sum(axis=0)
    return W1, b1, W2, b2


# %% wrong: the second layer changes first
# hint: W₂ had changed before it was used
def train_digits(X, labels, start, rate, steps):
    W1, b1, W2, b2 = start
    n, Y = len(X), np.eye(len(b2))[labels]
    for _ in range(steps):
        H = np.tanh(X @ W1 + b1)
        F = H.reshape(n, -1)
        dO = 2 / n * (F @ W2 + b2 - Y)
        W2, b2 = W2 - rate * F.T @ dO, b2 - rate * dO.sum(axis=0)
        dZ = (dO @ W2.T).reshape(H.shape) * (1 - H**2)
        W1, b1 = W1 - rate * np.tensordot(X, dZ, axes=([0, 1], [0, 1])), b1 - rate * dZ.sum(axis=(0, 1))
    return W1, b1, W2, b2


# %% wrong: what was seen in another order
# hint: five pictures in three parts of four pixels
def train_digits(X, labels, start, rate, steps):
    W1, b1, W2, b2 = start
    n, Y = len(X), np.eye(len(b2))[labels]
    for _ in range(steps):
        H = np.tanh(X @ W1 + b1)
        F = H.swapaxes(1, 2).reshape(n, -1)
        dO = 2 / n * (F @ W2 + b2 - Y)
        dZ = (dO @ W2.T).reshape(n, H.shape[2], H.shape[1]).swapaxes(1, 2) * (1 - H**2)
        W1, b1 = W1 - rate * np.tensordot(X, dZ, axes=([0, 1], [0, 1])), b1 - rate * dZ.sum(axis=(0, 1))
        W2, b2 = W2 - rate * F.T @ dO, b2 - rate * dO.sum(axis=0)
    return W1, b1, W2, b2


# %% wrong: works in the arrays of the start
# hint: Work on a copy
def train_digits(X, labels, start, rate, steps):
    W1, b1, W2, b2 = start
    n, Y = len(X), np.eye(len(b2))[labels]
    for _ in range(steps):
        H = np.tanh(X @ W1 + b1)
        F = H.reshape(n, -1)
        dO = 2 / n * (F @ W2 + b2 - Y)
        dZ = (dO @ W2.T).reshape(H.shape) * (1 - H**2)
        W1 -= rate * np.tensordot(X, dZ, axes=([0, 1], [0, 1]))
        b1 -= rate * dZ.sum(axis=(0, 1))
        W2 -= rate * F.T @ dO
        b2 -= rate * dO.sum(axis=0)
    return W1, b1, W2, b2


# %% wrong: forward once, and never again
# hint: in each step go forward and back anew
def train_digits(X, labels, start, rate, steps):
    W1, b1, W2, b2 = start
    n, Y = len(X), np.eye(len(b2))[labels]
    H = np.tanh(X @ W1 + b1)
    F = H.reshape(n, -1)
    dO = 2 / n * (F @ W2 + b2 - Y)
    for _ in range(steps):
        dZ = (dO @ W2.T).reshape(H.shape) * (1 - H**2)
        W1, b1 = W1 - rate * np.tensordot(X, dZ, axes=([0, 1], [0, 1])), b1 - rate * dZ.sum(axis=(0, 1))
        W2, b2 = W2 - rate * F.T @ dO, b2 - rate * dO.sum(axis=0)
    return W1, b1, W2, b2


# %% wrong: one step, whatever was asked for
# hint: after no step at all the weights are those of the start
def train_digits(X, labels, start, rate, steps):
    W1, b1, W2, b2 = start
    n, Y = len(X), np.eye(len(b2))[labels]
    while True:
        H = np.tanh(X @ W1 + b1)
        F = H.reshape(n, -1)
        dO = 2 / n * (F @ W2 + b2 - Y)
        dZ = (dO @ W2.T).reshape(H.shape) * (1 - H**2)
        W1, b1 = W1 - rate * np.tensordot(X, dZ, axes=([0, 1], [0, 1])), b1 - rate * dZ.sum(axis=(0, 1))
        W2, b2 = W2 - rate * F.T @ dO, b2 - rate * dO.sum(axis=0)
        steps -= 1
        if steps <= 0:
            return W1, b1, W2, b2


# %% wrong: never more than ten steps
# hint: after 150 steps on 400 digits
def train_digits(X, labels, start, rate, steps):
    W1, b1, W2, b2 = start
    n, Y = len(X), np.eye(len(b2))[labels]
    for _ in range(min(steps, 10)):
        H = np.tanh(X @ W1 + b1)
        F = H.reshape(n, -1)
        dO = 2 / n * (F @ W2 + b2 - Y)
        dZ = (dO @ W2.T).reshape(H.shape) * (1 - H**2)
        W1, b1 = W1 - rate * np.tensordot(X, dZ, axes=([0, 1], [0, 1])), b1 - rate * dZ.sum(axis=(0, 1))
        W2, b2 = W2 - rate * F.T @ dO, b2 - rate * dO.sum(axis=0)
    return W1, b1, W2, b2


# %% wrong: unanswered
# hint: not answered yet
def train_digits(X, labels, start, rate, steps):
    raise NotImplementedError("not answered yet")


# %% paste: the lesson's forward and backward, for one look at the whole picture
# hint: ValueError
def train_digits(X, labels, start, rate, steps):
    W1, b1, W2, b2 = start
    X, Y = X.reshape(len(X), -1), np.eye(len(b2))[labels]
    for _ in range(steps):
        H = np.tanh(X @ W1 + b1)
        delta = 2 / len(X) * (H @ W2 + b2 - Y)
        back = delta @ W2.T * (1 - H**2)
        W1, b1 = W1 - rate * X.T @ back, b1 - rate * back.sum(axis=0)
        W2, b2 = W2 - rate * H.T @ delta, b2 - rate * delta.sum(axis=0)
    return W1, b1, W2, b2


# %% paste: mathml's automatic differentiation, imported
# hint: uses mathml.autodiff
def train_digits(X, labels, start, rate, steps):
    from mathml.autodiff import grad

    def loss(weights):
        W1, b1, W2, b2 = weights
        F = np.tanh(X @ W1 + b1).reshape(len(X), -1)
        return np.sum((F @ W2 + b2 - np.eye(len(b2))[labels]) ** 2) / len(X)

    weights = list(start)
    for _ in range(steps):
        weights = [w - rate * g for w, g in zip(weights, grad(loss)(weights))]
    return weights
