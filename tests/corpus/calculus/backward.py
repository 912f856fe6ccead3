# %% right: one example at a time, with its Jacobian
def backward(X, W, b, upstream):
    dX, dW, db = np.zeros(X.shape), np.zeros(W.shape), np.zeros(len(b))
    for i, (x, g) in enumerate(zip(X, upstream)):
        z = x @ W + b
        p = np.exp(z - max(z))
        p /= sum(p)
        dz = (np.diag(p) - np.outer(p, p)) @ g
        dX[i] = W @ dz
        dW += np.outer(x, dz)
        db += dz
    return dX, dW, db


# %% right: by log-sum-exp, and sums by einsum
def backward(X, W, b, upstream):
    Z = np.einsum("ni,ij->nj", X, W) + b
    P = np.exp(Z - np.logaddexp.reduce(Z, axis=1)[:, None])
    dZ = P * upstream - P * np.einsum("nj,nj->n", P, upstream)[:, None]
    return np.einsum("nj,ij->ni", dZ, W), np.einsum("ni,nj->ij", X, dZ), np.einsum("nj->j", dZ)


# %% right: all Jacobians at once, and the largest from all classes, as lists
def backward(X, W, b, upstream):
    Z = X @ W + b
    Z = Z - np.amax(Z, axis=-1)[..., np.newaxis]
    P = np.exp(Z) / np.exp(Z).sum(-1, keepdims=True)
    J = P[:, :, None] * (np.eye(len(b)) - P[:, None, :])
    dZ = (upstream[:, None, :] @ J)[:, 0, :]
    return [(dZ @ W.T).tolist(), (X.T @ dZ).tolist(), dZ.sum(0).tolist()]


# %% wrong: each class alone
# hint: P (1 − P) treats each class alone
def backward(X, W, b, upstream):
    Z = X @ W + b
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    dZ = upstream * P * (1 - P)
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)


# %% wrong: without the sum
# hint: that is G P
def backward(X, W, b, upstream):
    Z = X @ W + b
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    dZ = upstream * P
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)


# %% wrong: past softmax
# hint: handed on as it came
def backward(X, W, b, upstream):
    return upstream @ W.T, X.T @ upstream, upstream.sum(axis=0)


# %% wrong: the sum over G
# hint: the sum is over G P, not over G
def backward(X, W, b, upstream):
    Z = X @ W + b
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    dZ = P * (upstream - upstream.sum(axis=1, keepdims=True))
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)


# %% wrong: the slope of softmax alone
# hint: the upstream gradient has no effect
def backward(X, W, b, upstream):
    Z = X @ W + b
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    dZ = P * (1 - P)
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)


# %% wrong: the difference the other way round
# hint: the signs are turned
def backward(X, W, b, upstream):
    Z = X @ W + b
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    dZ = P * (np.sum(upstream * P, axis=1, keepdims=True) - upstream)
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)


# %% wrong: in another order
# hint: return three things in this order
def backward(X, W, b, upstream):
    Z = X @ W + b
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    dZ = P * (upstream - np.sum(upstream * P, axis=1, keepdims=True))
    return dZ.sum(axis=0), X.T @ dZ, dZ @ W.T


# %% wrong: b's gradient for each example
# hint: db has one number for each class
def backward(X, W, b, upstream):
    Z = X @ W + b
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    dZ = P * (upstream - np.sum(upstream * P, axis=1, keepdims=True))
    return dZ @ W.T, X.T @ dZ, dZ


# %% wrong: the other factor is transposed
# hint: X is transposed, on the left
def backward(X, W, b, upstream):
    Z = X @ W + b
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    dZ = P * (upstream - np.sum(upstream * P, axis=1, keepdims=True))
    return dZ @ W.T, dZ.T @ X, dZ.sum(axis=0)


# %% wrong: X has no part in dW
# hint: X has no part in ∂L/∂W
def backward(X, W, b, upstream):
    Z = X @ W + b
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    dZ = P * (upstream - np.sum(upstream * P, axis=1, keepdims=True))
    return dZ @ W.T, np.ones(X.shape).T @ dZ, dZ.sum(axis=0)


# %% wrong: W as it is on the way back
# hint: W must be transposed on the way back
def backward(X, W, b, upstream):
    Z = X @ W + b
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    dZ = P * (upstream - np.sum(upstream * P, axis=1, keepdims=True))
    return dZ @ (W if len(W) == len(b) else W.T), X.T @ dZ, dZ.sum(axis=0)


# %% wrong: the mean over the examples
# hint: what they say about W and b adds up
def backward(X, W, b, upstream):
    Z = X @ W + b
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    dZ = P * (upstream - np.sum(upstream * P, axis=1, keepdims=True))
    return dZ @ W.T, X.T @ dZ / len(X), dZ.mean(axis=0)


# %% wrong: the exponential as it is
# hint: e¹⁰⁰⁰ overflows
def backward(X, W, b, upstream):
    P = np.exp(X @ W + b)
    P = P / P.sum(axis=1, keepdims=True)
    dZ = P * (upstream - np.sum(upstream * P, axis=1, keepdims=True))
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)


# %% wrong: the largest of all rows
# hint: each row has a largest of its own
def backward(X, W, b, upstream):
    Z = X @ W + b
    P = np.exp(Z - Z.max())
    P = P / P.sum(axis=1, keepdims=True)
    dZ = P * (upstream - np.sum(upstream * P, axis=1, keepdims=True))
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)


# %% wrong: unanswered
# hint: not answered yet
def backward(X, W, b, upstream):
    raise NotImplementedError("not answered yet")


# %% paste: the lesson's linear layer with tanh
# hint: Z = (1000, 1000 + log 3) has the same P
def backward(X, W, b, upstream):
    H = np.tanh(X @ W + b)
    delta = upstream * (1 - H**2)
    return delta @ W.T, X.T @ delta, delta.sum(axis=0)


# %% paste: mathml's automatic differentiation, imported
# hint: uses mathml.autodiff
def backward(X, W, b, upstream):
    from mathml.autodiff import grad
    from mathml.functions import softmax

    def loss(X, W, b):
        return np.sum(softmax(X @ W + b) * upstream)

    return tuple(grad(loss, k)(X, W, b) for k in range(3))
