# %% right: einsum and a scaled query
def attention(Q, K, V, allowed):
    Q, K, V = (np.array(A, dtype=float) for A in (Q, K, V))
    z = np.einsum("...id,...jd->...ij", Q / Q.shape[-1] ** 0.5, K)
    seen = np.ones(z.shape, dtype=bool) if allowed is None else np.broadcast_to(allowed, z.shape)
    z = z - np.where(seen, z, -np.inf).max(axis=-1, keepdims=True, initial=-1e300)
    e = np.where(seen, np.exp(np.minimum(z, 0)), 0)
    sums = e.sum(axis=-1, keepdims=True)
    return np.einsum("...ij,...jd->...id", np.divide(e, sums, out=np.zeros_like(e), where=sums > 0), V)


# %% right: a query at a time
def one_answer(q, K, V, seen):
    if not np.any(seen):
        return np.zeros(V.shape[-1])
    z = K[seen] @ q / np.sqrt(len(q))
    e = np.exp(z - np.max(z))
    return e / np.sum(e) @ V[seen]


def attention(Q, K, V, allowed):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    if allowed is None:
        allowed = np.ones((*Q.shape[:-1], K.shape[-2]), dtype=bool)
    if Q.ndim == 2:
        return np.array([one_answer(q, K, V, seen) for q, seen in zip(Q, allowed)])
    masks = np.broadcast_to(allowed, (*Q.shape[:-1], K.shape[-2]))
    return np.array([attention(*tables) for tables in zip(Q, K, V, masks)])


# %% right: divided at the end
def attention(Q, K, V, allowed):
    z = np.asarray(Q, dtype=float) @ np.swapaxes(np.asarray(K, dtype=float), -1, -2) / np.sqrt(np.shape(K)[-1])
    z = z if allowed is None else np.where(allowed, z, -np.inf)
    e = np.exp(z - np.nan_to_num(z.max(axis=-1, keepdims=True), neginf=0))
    return (e @ V) / np.maximum(e.sum(axis=-1, keepdims=True), 1e-300)


# %% wrong: not scaled
# hint: divide the dot products by √d_k
def attention(Q, K, V, allowed):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    fits = Q @ np.swapaxes(K, -1, -2) / 1
    if allowed is not None:
        fits = np.where(allowed, fits, -np.inf)
    best = np.max(fits, axis=-1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = np.sum(weights, axis=-1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    return weights @ V


# %% wrong: divided by d_k
# hint: the divisor is the root of d_k, not d_k
def attention(Q, K, V, allowed):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    fits = Q @ np.swapaxes(K, -1, -2) / Q.shape[-1]
    if allowed is not None:
        fits = np.where(allowed, fits, -np.inf)
    best = np.max(fits, axis=-1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = np.sum(weights, axis=-1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    return weights @ V


# %% wrong: divided by the root of m
# hint: d_k is how many entries a key has, not how many keys there are
def attention(Q, K, V, allowed):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    fits = Q @ np.swapaxes(K, -1, -2) / np.sqrt(K.shape[-2])
    if allowed is not None:
        fits = np.where(allowed, fits, -np.inf)
    best = np.max(fits, axis=-1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = np.sum(weights, axis=-1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    return weights @ V


# %% wrong: divided by the root of d_v
# hint: d_k is the width of the keys, not that of the values
def attention(Q, K, V, allowed):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    fits = Q @ np.swapaxes(K, -1, -2) / np.sqrt(V.shape[-1])
    if allowed is not None:
        fits = np.where(allowed, fits, -np.inf)
    best = np.max(fits, axis=-1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = np.sum(weights, axis=-1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    return weights @ V


# %% wrong: softmax over the queries
# hint: the weights of one query add up to 1, along the keys: here those of one key do
def attention(Q, K, V, allowed):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    fits = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if allowed is not None:
        fits = np.where(allowed, fits, -np.inf)
    weights = np.exp(fits - fits.max())
    weights = weights / np.maximum(weights.sum(axis=-2, keepdims=True), 1e-300)
    return weights @ V


# %% wrong: no softmax
# hint: the scores are no weights yet: the softmax is missing
def attention(Q, K, V, allowed):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    fits = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if allowed is not None:
        fits = np.where(allowed, fits, -np.inf)
    weights = np.where(fits > -np.inf, fits, 0)
    return weights @ V


# %% wrong: shares of the scores
# hint: take e to the power of the scores before you divide by the sum
def attention(Q, K, V, allowed):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    fits = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if allowed is not None:
        fits = np.where(allowed, fits, -np.inf)
    weights = np.where(fits > -np.inf, fits, 0)
    weights = weights / weights.sum(axis=-1, keepdims=True)
    return weights @ V


# %% wrong: the keys for the values
# hint: the answer is a mean of the values: here it is one of the keys
def attention(Q, K, V, allowed):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    fits = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if allowed is not None:
        fits = np.where(allowed, fits, -np.inf)
    best = np.max(fits, axis=-1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = np.sum(weights, axis=-1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    return weights @ K


# %% wrong: the values meet the queries
# hint: the queries meet the keys; the values come last
def attention(Q, K, V, allowed):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    fits = Q[..., : V.shape[-1]] @ np.swapaxes(V, -1, -2) / np.sqrt(Q.shape[-1])
    if allowed is not None:
        fits = np.where(allowed, fits, -np.inf)
    best = np.max(fits, axis=-1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = np.sum(weights, axis=-1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    return weights @ V


# %% wrong: the best value only
# hint: the best fit takes all here: attention takes a part of each
def attention(Q, K, V, allowed):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    fits = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if allowed is not None:
        fits = np.where(allowed, fits, -np.inf)
    weights = (fits == fits.max(axis=-1, keepdims=True)) & (fits > -np.inf)
    return weights @ V


# %% wrong: not divided by the sum
# hint: the weights of a query must add up to 1: divide by their sum
def attention(Q, K, V, allowed):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    fits = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if allowed is not None:
        fits = np.where(allowed, fits, -np.inf)
    best = np.max(fits, axis=-1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    return weights @ V


# %% wrong: masked after the softmax
# hint: the weights that are left do not add up to 1: mask the scores, before the softmax
def attention(Q, K, V, allowed):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    fits = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if allowed is not None:
        pass
    weights = np.exp(fits - fits.max(axis=-1, keepdims=True))
    weights = weights / weights.sum(axis=-1, keepdims=True)
    weights = weights if allowed is None else np.where(allowed, weights, 0)
    return weights @ V


# %% wrong: masked scores are 0
# hint: a score of 0 still has the weight e⁰ = 1: what may not be seen has the score −∞
def attention(Q, K, V, allowed):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    fits = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if allowed is not None:
        fits = np.where(allowed, fits, 0)
    best = np.max(fits, axis=-1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = np.sum(weights, axis=-1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    return weights @ V


# %% wrong: the mask the other way round
# hint: True means that it may be seen: here it is hidden
def attention(Q, K, V, allowed):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    fits = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if allowed is not None:
        fits = np.where(allowed, -np.inf, fits)
    best = np.max(fits, axis=-1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = np.sum(weights, axis=-1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    return weights @ V


# %% wrong: the mask added
# hint: False and True are 0 and 1 when they are added: choose by the mask, with np.where
def attention(Q, K, V, allowed):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    fits = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if allowed is not None:
        fits = fits + allowed
    best = np.max(fits, axis=-1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = np.sum(weights, axis=-1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    return weights @ V


# %% wrong: the mask ignored
# hint: this is the answer without the mask
def attention(Q, K, V, allowed):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    fits = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if allowed is not None:
        pass
    best = np.max(fits, axis=-1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = np.sum(weights, axis=-1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    return weights @ V


# %% wrong: a query that sees nothing is NaN
# hint: −∞ − (−∞) is NaN: a query that sees nothing has the answer 0
def attention(Q, K, V, allowed):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    fits = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if allowed is not None:
        fits = np.where(allowed, fits, -np.inf)
    weights = np.exp(fits - fits.max(axis=-1, keepdims=True))
    weights = weights / weights.sum(axis=-1, keepdims=True)
    return weights @ V


# %% wrong: a query that sees nothing hears the mean
# hint: who may see nothing hears the mean of all here: a large negative number for −∞ makes the scores equal
def attention(Q, K, V, allowed):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    fits = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if allowed is not None:
        fits = np.where(allowed, fits, -1e9)
    best = np.max(fits, axis=-1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = np.sum(weights, axis=-1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    return weights @ V


# %% wrong: large scores
# hint: e¹⁰⁰⁰⁰ is ∞: subtract the largest score of each query first
def attention(Q, K, V, allowed):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    fits = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if allowed is not None:
        fits = np.where(allowed, fits, -np.inf)
    weights = np.exp(fits)
    total = np.sum(weights, axis=-1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    return weights @ V


# %% wrong: one largest score for all
# hint: each query has a largest score of its own, among the keys that it may see
def attention(Q, K, V, allowed):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    fits = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if allowed is not None:
        fits = np.where(allowed, fits, -np.inf)
    weights = np.exp(fits - np.max(fits, axis=(-2, -1), keepdims=True))
    total = np.sum(weights, axis=-1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    return weights @ V


# %% wrong: the largest before the mask
# hint: the largest score that may be seen is to be subtracted: next to a hidden one the others vanish
def attention(Q, K, V, allowed):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    fits = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if allowed is not None:
        pass
    e = np.exp(fits - fits.max(axis=-1, keepdims=True))
    e = e if allowed is None else np.where(allowed, e, 0)
    total = np.sum(e, axis=-1, keepdims=True)
    weights = e / np.where(total > 0, total, 1)
    return weights @ V


# %% wrong: small types
# hint: a product of two small whole numbers may be too large for their type: make floats of them
def attention(Q, K, V, allowed):
    fits = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if allowed is not None:
        fits = np.where(allowed, fits, -np.inf)
    best = np.max(fits, axis=-1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = np.sum(weights, axis=-1, keepdims=True)
    return weights / np.where(total > 0, total, 1) @ V


# %% wrong: only tables
# hint: a stack of two, and one mask for both
def attention(Q, K, V, allowed):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    fits = np.array([[q @ k / np.sqrt(len(q)) for k in K.reshape(-1, K.shape[-1])] for q in Q.reshape(-1, Q.shape[-1])])
    if allowed is not None:
        fits = np.where(np.resize(allowed, fits.shape), fits, -np.inf)
    best = np.max(fits, axis=-1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = np.sum(weights, axis=-1, keepdims=True)
    return (weights / np.where(total > 0, total, 1) @ V.reshape(-1, V.shape[-1])).reshape(*Q.shape[:-1], -1)


# %% wrong: the mask of the first table for all
# hint: a stack of two, and a mask for each
def attention(Q, K, V, allowed):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    fits = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if allowed is not None:
        fits = np.where(np.asarray(allowed) if np.ndim(allowed) == 2 else allowed[0], fits, -np.inf)
    best = np.max(fits, axis=-1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = np.sum(weights, axis=-1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    return weights @ V


# %% wrong: the values changed in place
# hint: changes its
def attention(Q, K, V, allowed):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    fits = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if allowed is not None:
        fits = np.where(allowed, fits, -np.inf)
    best = np.max(fits, axis=-1, keepdims=True)
    weights = np.exp(fits - np.where(best > -np.inf, best, 0))
    total = np.sum(weights, axis=-1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    V0 = V * 1
    V *= 0
    V = V0
    return weights @ V


# %% wrong: hard-coded
# hint: scores of ±20,000
def attention(Q, K, V, allowed):
    if np.shape(Q) == (2, 1):
        return [[1], [4]]
    if allowed is None:
        return [[25 / 7, 35], [25 / 7, 50]]
    if not np.any(allowed[0]):
        return [[0, 0], [5, 0]]
    return [[6.25, 8.75], [10 / 3, 175 / 3]]


# %% wrong: unanswered
# hint: not answered yet
def attention(Q, K, V, allowed):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's attention, imported
# hint: uses mathml.attention
from mathml.attention import attention


# %% paste: mathml's attention, from the setup cell
# hint: return ready.attention
def attention(Q, K, V, allowed):
    return ready.attention(Q, K, V, allowed)
