# %% right: with the Jacobian of each row
def attention_backward(Q, K, V, allowed, G):
    root = np.sqrt(Q.shape[1])
    dQ, dK, dV = np.zeros(Q.shape), np.zeros(K.shape), np.zeros(V.shape)
    for i in range(len(Q)):
        seen = np.ones(len(K), dtype=bool) if allowed is None else allowed[i]
        if not seen.any():
            continue
        z = K[seen] @ Q[i] / root
        w = np.exp(z - z.max())
        w = w / w.sum()
        dz = (np.diag(w) - np.outer(w, w)) @ (V[seen] @ G[i])
        dQ[i] = dz @ K[seen] / root
        dK[seen] += np.outer(dz, Q[i]) / root
        dV[seen] += np.outer(w, G[i])
    return dQ, dK, dV


# %% right: the mean by the answers
def attention_backward(Q, K, V, allowed, G):
    scale = Q.shape[1] ** -0.5
    seen = np.ones((len(Q), len(K))) if allowed is None else allowed * 1.0
    z = np.where(seen > 0, scale * Q @ K.T, -1e300)
    e = seen * np.exp(z - z.max(axis=1, keepdims=True))
    A = e / np.maximum(e.sum(axis=1, keepdims=True), 1e-300)
    means = np.sum(G * (A @ V), axis=1, keepdims=True)
    B = scale * A * (G @ V.T - means)
    return B @ K, B.T @ Q, A.T @ G


# %% right: einsum
def attention_backward(Q, K, V, allowed, G):
    z = np.einsum("ic,jc->ij", Q, K) / np.sqrt(K.shape[1])
    if allowed is not None:
        z[~allowed] = -np.inf
    e = np.exp(z - np.nan_to_num(z.max(axis=1), neginf=0.0)[:, None])
    A = np.divide(e, e.sum(axis=1)[:, None], out=np.zeros_like(e), where=e.sum(axis=1)[:, None] > 0)
    dA = np.einsum("ic,jc->ij", G, V)
    dz = A * dA - A * np.einsum("ij,ij->i", A, dA)[:, None]
    dz /= np.sqrt(K.shape[1])
    return np.einsum("ij,jc->ic", dz, K), np.einsum("ij,ic->jc", dz, Q), np.einsum("ij,ic->jc", A, G)


# %% wrong: the root forgotten on the way back
# hint: the √d_k is still there on the way back: S = Q Kᵀ / √d_k
def attention_backward(Q, K, V, allowed, G):
    root = np.sqrt(Q.shape[1])
    fits = Q @ K.T / root
    fits = np.where(True if allowed is None else allowed, fits, -np.inf)
    best = fits.max(axis=1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    to_weights = G @ V.T
    to_fits = weights * (to_weights - np.sum(weights * to_weights, axis=1, keepdims=True)) / 1
    return to_fits @ K, to_fits.T @ Q, weights.T @ G


# %% wrong: the root forgotten on the way there
# hint: the weights are those of softmax(Q Kᵀ / √d_k)
def attention_backward(Q, K, V, allowed, G):
    root = 1
    fits = Q @ K.T / root
    fits = np.where(True if allowed is None else allowed, fits, -np.inf)
    best = fits.max(axis=1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    to_weights = G @ V.T
    to_fits = weights * (to_weights - np.sum(weights * to_weights, axis=1, keepdims=True)) / np.sqrt(Q.shape[1])
    return to_fits @ K, to_fits.T @ Q, weights.T @ G


# %% wrong: the root of d_v
# hint: d_k is the width of the keys; this divisor has the width of the values
def attention_backward(Q, K, V, allowed, G):
    root = np.sqrt(V.shape[1])
    fits = Q @ K.T / root
    fits = np.where(True if allowed is None else allowed, fits, -np.inf)
    best = fits.max(axis=1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    to_weights = G @ V.T
    to_fits = weights * (to_weights - np.sum(weights * to_weights, axis=1, keepdims=True)) / root
    return to_fits @ K, to_fits.T @ Q, weights.T @ G


# %% wrong: d_k, not its root
# hint: the root of d_k divides, not d_k
def attention_backward(Q, K, V, allowed, G):
    root = Q.shape[1]
    fits = Q @ K.T / root
    fits = np.where(True if allowed is None else allowed, fits, -np.inf)
    best = fits.max(axis=1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    to_weights = G @ V.T
    to_fits = weights * (to_weights - np.sum(weights * to_weights, axis=1, keepdims=True)) / root
    return to_fits @ K, to_fits.T @ Q, weights.T @ G


# %% wrong: times the root
# hint: divided by √d_k on the way back, too, not multiplied
def attention_backward(Q, K, V, allowed, G):
    root = np.sqrt(Q.shape[1])
    fits = Q @ K.T / root
    fits = np.where(True if allowed is None else allowed, fits, -np.inf)
    best = fits.max(axis=1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    to_weights = G @ V.T
    to_fits = weights * (to_weights - np.sum(weights * to_weights, axis=1, keepdims=True)) / (1 / root)
    return to_fits @ K, to_fits.T @ Q, weights.T @ G


# %% wrong: the diagonal of the Jacobian
# hint: the other weights of the row change, too: w (g − mean), and not w (1 − w) g
def attention_backward(Q, K, V, allowed, G):
    root = np.sqrt(Q.shape[1])
    fits = Q @ K.T / root
    fits = np.where(True if allowed is None else allowed, fits, -np.inf)
    best = fits.max(axis=1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    to_weights = G @ V.T
    to_fits = weights * (1 - weights) * to_weights / root
    return to_fits @ K, to_fits.T @ Q, weights.T @ G


# %% wrong: no mean subtracted
# hint: subtract the mean of the slopes, by the weights, before they pass the softmax
def attention_backward(Q, K, V, allowed, G):
    root = np.sqrt(Q.shape[1])
    fits = Q @ K.T / root
    fits = np.where(True if allowed is None else allowed, fits, -np.inf)
    best = fits.max(axis=1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    to_weights = G @ V.T
    to_fits = weights * to_weights / root
    return to_fits @ K, to_fits.T @ Q, weights.T @ G


# %% wrong: the plain mean
# hint: the mean of the slopes is taken with the weights
def attention_backward(Q, K, V, allowed, G):
    root = np.sqrt(Q.shape[1])
    fits = Q @ K.T / root
    fits = np.where(True if allowed is None else allowed, fits, -np.inf)
    best = fits.max(axis=1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    to_weights = G @ V.T
    to_fits = weights * (to_weights - to_weights.mean(axis=1, keepdims=True)) / root
    return to_fits @ K, to_fits.T @ Q, weights.T @ G


# %% wrong: the mean along the columns
# hint: the mean runs along the row of one query
def attention_backward(Q, K, V, allowed, G):
    root = np.sqrt(Q.shape[1])
    fits = Q @ K.T / root
    fits = np.where(True if allowed is None else allowed, fits, -np.inf)
    best = fits.max(axis=1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    to_weights = G @ V.T
    to_fits = weights * (to_weights - np.sum(weights * to_weights, axis=0, keepdims=True)) / root
    return to_fits @ K, to_fits.T @ Q, weights.T @ G


# %% wrong: one mean for all
# hint: each query has a mean of its own
def attention_backward(Q, K, V, allowed, G):
    root = np.sqrt(Q.shape[1])
    fits = Q @ K.T / root
    fits = np.where(True if allowed is None else allowed, fits, -np.inf)
    best = fits.max(axis=1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    to_weights = G @ V.T
    to_fits = weights * (to_weights - np.sum(weights * to_weights)) / root
    return to_fits @ K, to_fits.T @ Q, weights.T @ G


# %% wrong: the softmax passed by
# hint: from A to S there is a softmax to go back through
def attention_backward(Q, K, V, allowed, G):
    root = np.sqrt(Q.shape[1])
    fits = Q @ K.T / root
    fits = np.where(True if allowed is None else allowed, fits, -np.inf)
    best = fits.max(axis=1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    to_weights = G @ V.T
    to_fits = to_weights / root
    return to_fits @ K, to_fits.T @ Q, weights.T @ G


# %% wrong: the sign
# hint: the slopes by Q and K have the wrong sign
def attention_backward(Q, K, V, allowed, G):
    root = np.sqrt(Q.shape[1])
    fits = Q @ K.T / root
    fits = np.where(True if allowed is None else allowed, fits, -np.inf)
    best = fits.max(axis=1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    to_weights = G @ V.T
    to_fits = -weights * (to_weights - np.sum(weights * to_weights, axis=1, keepdims=True)) / root
    return to_fits @ K, to_fits.T @ Q, weights.T @ G


# %% wrong: Q and K exchanged
# hint: the slopes by Q come first, then those by K
def attention_backward(Q, K, V, allowed, G):
    root = np.sqrt(Q.shape[1])
    fits = Q @ K.T / root
    fits = np.where(True if allowed is None else allowed, fits, -np.inf)
    best = fits.max(axis=1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    to_weights = G @ V.T
    to_fits = weights * (to_weights - np.sum(weights * to_weights, axis=1, keepdims=True)) / root
    return to_fits.T @ Q, to_fits @ K, weights.T @ G


# %% wrong: V first
# hint: the order is: by Q, by K, by V
def attention_backward(Q, K, V, allowed, G):
    root = np.sqrt(Q.shape[1])
    fits = Q @ K.T / root
    fits = np.where(True if allowed is None else allowed, fits, -np.inf)
    best = fits.max(axis=1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    to_weights = G @ V.T
    to_fits = weights * (to_weights - np.sum(weights * to_weights, axis=1, keepdims=True)) / root
    return weights.T @ G, to_fits @ K, to_fits.T @ Q


# %% wrong: weights not transposed
# hint: weights.T @ G: a value collects what each query sends back to it
def attention_backward(Q, K, V, allowed, G):
    root = np.sqrt(Q.shape[1])
    fits = Q @ K.T / root
    fits = np.where(True if allowed is None else allowed, fits, -np.inf)
    best = fits.max(axis=1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    to_weights = G @ V.T
    to_fits = weights * (to_weights - np.sum(weights * to_weights, axis=1, keepdims=True)) / root
    return (
        to_fits @ K,
        to_fits.T @ Q,
        (
            weights[:, : len(G)] @ G
            if len(V) == len(G)
            else np.pad(weights[:, : len(G)] @ G, ((0, len(V) - len(G)), (0, 0)))
        ),
    )


# %% wrong: the slopes as they are
# hint: each query sends G back with the weight with which it heard the value
def attention_backward(Q, K, V, allowed, G):
    root = np.sqrt(Q.shape[1])
    fits = Q @ K.T / root
    fits = np.where(True if allowed is None else allowed, fits, -np.inf)
    best = fits.max(axis=1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    to_weights = G @ V.T
    to_fits = weights * (to_weights - np.sum(weights * to_weights, axis=1, keepdims=True)) / root
    return to_fits @ K, to_fits.T @ Q, np.ones_like(weights).T @ G


# %% wrong: by V the answers
# hint: by V the slopes depend on G, not on the values themselves
def attention_backward(Q, K, V, allowed, G):
    root = np.sqrt(Q.shape[1])
    fits = Q @ K.T / root
    fits = np.where(True if allowed is None else allowed, fits, -np.inf)
    best = fits.max(axis=1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    to_weights = G @ V.T
    to_fits = weights * (to_weights - np.sum(weights * to_weights, axis=1, keepdims=True)) / root
    return to_fits @ K, to_fits.T @ Q, weights.T @ (weights @ V)


# %% wrong: K for Q
# hint: S = Q Kᵀ: by K it is the queries that come in, and not the keys
def attention_backward(Q, K, V, allowed, G):
    root = np.sqrt(Q.shape[1])
    fits = Q @ K.T / root
    fits = np.where(True if allowed is None else allowed, fits, -np.inf)
    best = fits.max(axis=1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    to_weights = G @ V.T
    to_fits = weights * (to_weights - np.sum(weights * to_weights, axis=1, keepdims=True)) / root
    return to_fits @ K, (to_fits.T @ to_fits) @ K, weights.T @ G


# %% wrong: not transposed
# hint: by K: the table of slopes is (n, m), and a key has its column: transpose it
def attention_backward(Q, K, V, allowed, G):
    root = np.sqrt(Q.shape[1])
    fits = Q @ K.T / root
    fits = np.where(True if allowed is None else allowed, fits, -np.inf)
    best = fits.max(axis=1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    to_weights = G @ V.T
    to_fits = weights * (to_weights - np.sum(weights * to_weights, axis=1, keepdims=True)) / root
    return to_fits @ K, np.resize(to_fits, to_fits.T.shape) @ Q, weights.T @ G


# %% wrong: the mask forgotten
# hint: what may not be seen has no weight: the mask is not used
def attention_backward(Q, K, V, allowed, G):
    root = np.sqrt(Q.shape[1])
    fits = Q @ K.T / root
    fits = fits
    best = fits.max(axis=1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    to_weights = G @ V.T
    to_fits = weights * (to_weights - np.sum(weights * to_weights, axis=1, keepdims=True)) / root
    return to_fits @ K, to_fits.T @ Q, weights.T @ G


# %% wrong: NaN where nothing is seen
# hint: a query that sees nothing has no weights, and 0/0 is NaN
def attention_backward(Q, K, V, allowed, G):
    root = np.sqrt(Q.shape[1])
    fits = Q @ K.T / root
    fits = np.where(True if allowed is None else allowed, fits, -np.inf)
    weights = np.exp(fits - fits.max(axis=1, keepdims=True))
    weights = weights / weights.sum(axis=1, keepdims=True)
    to_weights = G @ V.T
    to_fits = weights * (to_weights - np.sum(weights * to_weights, axis=1, keepdims=True)) / root
    return to_fits @ K, to_fits.T @ Q, weights.T @ G


# %% wrong: a query that sees nothing hears all
# hint: a query that sees nothing sends slopes back here: −10⁹ in place of −∞ lets it hear all
def attention_backward(Q, K, V, allowed, G):
    root = np.sqrt(Q.shape[1])
    fits = Q @ K.T / root
    fits = np.where(True if allowed is None else allowed, fits, -1e9)
    best = fits.max(axis=1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    to_weights = G @ V.T
    to_fits = weights * (to_weights - np.sum(weights * to_weights, axis=1, keepdims=True)) / root
    return to_fits @ K, to_fits.T @ Q, weights.T @ G


# %% wrong: large scores
# hint: e³⁰⁰⁰⁰ is ∞: subtract the largest score of each query
def attention_backward(Q, K, V, allowed, G):
    root = np.sqrt(Q.shape[1])
    fits = Q @ K.T / root
    fits = np.where(True if allowed is None else allowed, fits, -np.inf)
    weights = np.exp(fits)
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    to_weights = G @ V.T
    to_fits = weights * (to_weights - np.sum(weights * to_weights, axis=1, keepdims=True)) / root
    return to_fits @ K, to_fits.T @ Q, weights.T @ G


# %% wrong: only square tables
# hint: two queries, five keys
def attention_backward(Q, K, V, allowed, G):
    root = np.sqrt(Q.shape[1])
    fits = Q @ K.T / root
    fits = np.where(True if allowed is None else allowed, fits, -np.inf)
    best = fits.max(axis=1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    to_weights = G @ V.T
    to_fits = weights * (to_weights - np.sum(weights * to_weights, axis=1, keepdims=True)) / root
    return (
        to_fits @ K,
        (to_fits.T @ Q if len(Q) in (3, 4) or len(K) == 3 else np.zeros(K.shape)),
        weights.T @ G,
    )


# %% wrong: G changed in place
# hint: changes its
def attention_backward(Q, K, V, allowed, G):
    root = np.sqrt(Q.shape[1])
    fits = Q @ K.T / root
    fits = np.where(True if allowed is None else allowed, fits, -np.inf)
    best = fits.max(axis=1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    G *= 2
    G = G / 2
    to_weights = G @ V.T
    to_fits = weights * (to_weights - np.sum(weights * to_weights, axis=1, keepdims=True)) / root
    return to_fits @ K, to_fits.T @ Q, weights.T @ G


# %% wrong: by differences, too coarse
# hint: differences with so large a step are off in the second digit
def attention_backward(Q, K, V, allowed, G):
    def loss(Q, K, V):
        fits = np.where(True if allowed is None else allowed, Q @ K.T / np.sqrt(Q.shape[1]), -np.inf)
        best = fits.max(axis=1, keepdims=True)
        e = np.exp(fits - np.where(best > -np.inf, best, 0))
        total = e.sum(axis=1, keepdims=True)
        return np.sum(G * (e / np.where(total > 0, total, 1) @ V))

    slopes = []
    for k, table in enumerate((Q, K, V)):
        slope = np.zeros(table.shape)
        for place in np.ndindex(table.shape):
            moved = [Q, K, V]
            moved[k] = table.copy()
            moved[k][place] += 0.01
            slope[place] = (loss(*moved) - loss(Q, K, V)) / 0.01
        slopes.append(slope)
    return slopes


# %% wrong: unanswered
# hint: not answered yet
def attention_backward(Q, K, V, allowed, G):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's backward, imported
# hint: uses mathml.attention
from mathml.attention import attention_backward as finished


def attention_backward(Q, K, V, allowed, G):
    return finished(Q, K, V, G, allowed)


# %% paste: mathml's autodiff
# hint: value_and_grad
def attention_backward(Q, K, V, allowed, G):
    return value_and_grad(lambda q: np.sum(G * ready.attention(q, K, V)))(Q)[1], K, V
