# %% right: einsum
def scores(Q, K):
    products = np.einsum("...id,...jd->...ij", np.array(Q, dtype=float), np.array(K, dtype=float))
    return products * np.shape(K)[-1] ** -0.5


# %% right: both scaled by the fourth root
def scores(Q, K):
    root = np.shape(Q)[-1] ** 0.25
    return np.matmul(np.divide(Q, root), np.moveaxis(np.divide(K, root), -1, -2))


# %% right: sums of products
def scores(Q, K):
    products = np.asarray(Q, dtype=float)[..., :, None, :] * np.asarray(K, dtype=float)[..., None, :, :]
    return products.sum(axis=-1) / np.sqrt(products.shape[-1])


# %% right: loops
def scores(Q, K):
    Q, K = np.asarray(Q, dtype=float), np.asarray(K, dtype=float)
    if Q.ndim > 2:
        return [scores(q, K if K.ndim == 2 else k) for q, k in zip(Q, K if K.ndim > 2 else Q)]
    return [[sum(a * b for a, b in zip(q, k)) / len(q) ** 0.5 for k in K] for q in Q]


# %% wrong: way A
# hint: that is A: with more entries its scores spread wider, and the softmax listens to one alone
def scores(Q, K):
    Q, K = np.asarray(Q, dtype=float), np.asarray(K, dtype=float)
    return Q @ np.swapaxes(K, -1, -2)


# %% wrong: way B
# hint: that is B: with more entries its scores come together, for their variance is 1/d_k
def scores(Q, K):
    Q, K = np.asarray(Q, dtype=float), np.asarray(K, dtype=float)
    return Q @ np.swapaxes(K, -1, -2) / Q.shape[-1]


# %% wrong: way D
# hint: that is D, the cosine: a longer query asks no more sharply
def scores(Q, K):
    Q, K = np.asarray(Q, dtype=float), np.asarray(K, dtype=float)

    lengths = np.linalg.norm(Q, axis=-1)[..., :, None] * np.linalg.norm(K, axis=-1)[..., None, :]
    return Q @ np.swapaxes(K, -1, -2) / lengths


# %% wrong: way E
# hint: that is E: with each further key all the scores shrink
def scores(Q, K):
    Q, K = np.asarray(Q, dtype=float), np.asarray(K, dtype=float)
    return Q @ np.swapaxes(K, -1, -2) / np.sqrt(K.shape[-2])


# %% wrong: divided by the root of n
# hint: d_k is how many entries a query has, not how many queries there are
def scores(Q, K):
    Q, K = np.asarray(Q, dtype=float), np.asarray(K, dtype=float)
    return Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-2])


# %% wrong: only the queries normalised
# hint: the length of the query is divided out: it should count
def scores(Q, K):
    Q, K = np.asarray(Q, dtype=float), np.asarray(K, dtype=float)

    return Q / np.linalg.norm(Q, axis=-1, keepdims=True) @ np.swapaxes(K, -1, -2)


# %% wrong: only the keys normalised
# hint: the lengths of the keys are divided out: way C divides by the root of their number of entries
def scores(Q, K):
    Q, K = np.asarray(Q, dtype=float), np.asarray(K, dtype=float)

    return Q @ np.swapaxes(K / np.linalg.norm(K, axis=-1, keepdims=True), -1, -2)


# %% wrong: times the root
# hint: divide by the root, do not multiply by it
def scores(Q, K):
    Q, K = np.asarray(Q, dtype=float), np.asarray(K, dtype=float)
    return Q @ np.swapaxes(K, -1, -2) * np.sqrt(Q.shape[-1])


# %% wrong: queries in the columns
# hint: a row for each query, and a column for each key: this is the other way round
def scores(Q, K):
    Q, K = np.asarray(Q, dtype=float), np.asarray(K, dtype=float)
    return K @ np.swapaxes(Q, -1, -2) / np.sqrt(Q.shape[-1])


# %% wrong: softmax as well
# hint: these are weights already: only the scores are asked for
def scores(Q, K):
    Q, K = np.asarray(Q, dtype=float), np.asarray(K, dtype=float)

    z = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


# %% wrong: a distance
# hint: a distance is no dot product
def scores(Q, K):
    Q, K = np.asarray(Q, dtype=float), np.asarray(K, dtype=float)

    return np.sqrt(np.sum((Q[..., :, None, :] - K[..., None, :, :]) ** 2, axis=-1))


# %% wrong: the transposed stack
# hint: `.T` turns a whole stack round: swap the last two axes only
def scores(Q, K):
    Q, K = np.asarray(Q, dtype=float), np.asarray(K, dtype=float)
    return Q @ K.T / np.sqrt(Q.shape[-1]) if Q.ndim == 2 else Q.T @ K.T


# %% wrong: standardised
# hint: that makes the variance of these scores 1, and depends on all the other pairs
def scores(Q, K):
    Q, K = np.asarray(Q, dtype=float), np.asarray(K, dtype=float)

    z = Q @ np.swapaxes(K, -1, -2)
    return (z - z.mean()) / z.std()


# %% wrong: bytes
# hint: in a byte there is no room for the products: make floats of them first
def scores(Q, K):
    return Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])


# %% wrong: only tables
# hint: a table of keys is for all tables of the stack
def scores(Q, K):
    Q, K = np.asarray(Q, dtype=float), np.asarray(K, dtype=float)

    if Q.ndim > 2 and K.ndim == 2:
        return Q[0] @ K.T / np.sqrt(Q.shape[-1])
    return Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])


# %% wrong: each query meets each stack
# hint: the first meets the first
def scores(Q, K):
    Q, K = np.asarray(Q, dtype=float), np.asarray(K, dtype=float)

    if K.ndim == 2:
        return Q @ K.T / np.sqrt(Q.shape[-1])
    return np.tensordot(Q, K, axes=(-1, -1)) / np.sqrt(Q.shape[-1])


# %% wrong: the root of 4
# hint: a stack of two tables of queries, and two of keys
def scores(Q, K):
    Q, K = np.asarray(Q, dtype=float), np.asarray(K, dtype=float)
    return Q @ np.swapaxes(K, -1, -2) / (2 if Q.shape[-1] > 2 else np.sqrt(2))


# %% wrong: keys changed in place
# hint: changes its
def scores(Q, K):
    if K.dtype == float:
        K /= np.sqrt(K.shape[-1])
        return np.asarray(Q, dtype=float) @ np.swapaxes(K, -1, -2)
    return np.asarray(Q, dtype=float) @ np.swapaxes(K, -1, -2) / np.sqrt(K.shape[-1])


# %% wrong: hard-coded
# hint: bytes: make floats
def scores(Q, K):
    if np.ndim(Q) == 2:
        return [[4, 0.5, 3], [1, 4, 0]]
    return np.array([[[1, 9, 2], [0, 4, 2]], [[3, 3, -6], [1, 5, 0]]]) / np.sqrt(2)


# %% wrong: unanswered
# hint: not answered yet
def scores(Q, K):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's scores, imported
# hint: uses mathml.attention
from mathml.attention import scores


# %% paste: mathml's scores, from the setup cell
# hint: return ready.scores
def scores(Q, K):
    return ready.scores(Q, K)
