# %% right: a loop over the heads
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = X.shape[-1]
    if d % heads != 0:
        raise ValueError("the columns cannot be shared out")
    parts = []
    for j in range(heads):
        mine = slice(j * d // heads, (j + 1) * d // heads)
        q, k, v = X @ W_Q[:, mine], X @ W_K[:, mine], X @ W_V[:, mine]
        z = q @ k.swapaxes(-1, -2) / np.sqrt(k.shape[-1])
        if allowed is not None:
            z = np.where(allowed, z, -np.inf)
        e = np.exp(z - np.max(z, axis=-1, keepdims=True))
        parts.append(e / np.sum(e, axis=-1, keepdims=True) @ v)
    return np.concatenate(parts, axis=-1) @ W_O


# %% right: einsum
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = X.shape[-1]
    if d % heads:
        raise ValueError(d, heads)
    Q, K, V = (np.einsum("...nd,dhc->...hnc", X, W.reshape(d, heads, -1)) for W in (W_Q, W_K, W_V))
    z = np.einsum("...hic,...hjc->...hij", Q, K) * (d / heads) ** -0.5
    if allowed is not None:
        z = z + np.where(allowed, 0, -np.inf)
    e = np.exp(z - z.max(axis=-1)[..., None])
    A = e / e.sum(axis=-1)[..., None]
    return np.einsum("...hij,...hjc,hcd->...id", A, V, W_O.reshape(heads, -1, d))


# %% right: sums of what each head adds
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    if X.shape[-1] % heads:
        raise ValueError("no multiple")
    total = 0
    cuts = [np.split(W, heads, axis=1) for W in (W_Q, W_K, W_V)]
    for q, k, v, o in zip(*cuts, np.split(W_O, heads, axis=0)):
        z = (X @ q) @ np.swapaxes(X @ k, -1, -2) / np.sqrt(q.shape[1])
        e = np.exp(z - z.max(axis=-1, keepdims=True)) * (1 if allowed is None else allowed)
        total = total + e / e.sum(axis=-1, keepdims=True) @ (X @ v) @ o
    return total


# %% wrong: scaled by the root of d
# hint: the d_k of a head is d/h, and not d
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = np.shape(X)[-1]
    if d % heads:
        raise ValueError("d must be a multiple of heads")

    def split(W):
        rows = X @ W
        return np.moveaxis(rows.reshape(*rows.shape[:-1], heads, d // heads), -2, -3)

    z = split(W_Q) @ np.swapaxes(split(W_K), -1, -2) / np.sqrt(d)
    z = z if allowed is None else np.where(allowed, z, -np.inf)
    weights = np.exp(z - z.max(axis=-1, keepdims=True))
    heard = weights / weights.sum(axis=-1, keepdims=True) @ split(W_V)
    return np.moveaxis(heard, -3, -2).reshape(np.shape(X)) @ W_O


# %% wrong: not scaled
# hint: the divisor √d_k is missing in the heads
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = np.shape(X)[-1]
    if d % heads:
        raise ValueError("d must be a multiple of heads")

    def split(W):
        rows = X @ W
        return np.moveaxis(rows.reshape(*rows.shape[:-1], heads, d // heads), -2, -3)

    z = split(W_Q) @ np.swapaxes(split(W_K), -1, -2) / np.sqrt(1)
    z = z if allowed is None else np.where(allowed, z, -np.inf)
    weights = np.exp(z - z.max(axis=-1, keepdims=True))
    heard = weights / weights.sum(axis=-1, keepdims=True) @ split(W_V)
    return np.moveaxis(heard, -3, -2).reshape(np.shape(X)) @ W_O


# %% wrong: scaled by d_k
# hint: divide by the root of d_k
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = np.shape(X)[-1]
    if d % heads:
        raise ValueError("d must be a multiple of heads")

    def split(W):
        rows = X @ W
        return np.moveaxis(rows.reshape(*rows.shape[:-1], heads, d // heads), -2, -3)

    z = split(W_Q) @ np.swapaxes(split(W_K), -1, -2) / np.sqrt((d // heads) ** 2)
    z = z if allowed is None else np.where(allowed, z, -np.inf)
    weights = np.exp(z - z.max(axis=-1, keepdims=True))
    heard = weights / weights.sum(axis=-1, keepdims=True) @ split(W_V)
    return np.moveaxis(heard, -3, -2).reshape(np.shape(X)) @ W_O


# %% wrong: cut into words
# hint: reshape to (h, n, d/h) mixes words: first (n, h, d/h), then swap the first two axes
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = np.shape(X)[-1]
    if d % heads:
        raise ValueError("d must be a multiple of heads")

    def split(W):
        rows = X @ W
        return rows.reshape(*rows.shape[:-2], heads, rows.shape[-2], d // heads)

    z = split(W_Q) @ np.swapaxes(split(W_K), -1, -2) / np.sqrt(d // heads)
    z = z if allowed is None else np.where(allowed, z, -np.inf)
    weights = np.exp(z - z.max(axis=-1, keepdims=True))
    heard = weights / weights.sum(axis=-1, keepdims=True) @ split(W_V)
    return np.moveaxis(heard, -3, -2).reshape(np.shape(X)) @ W_O


# %% wrong: joined without turning back
# hint: swap words and heads back before the answers are put side by side
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = np.shape(X)[-1]
    if d % heads:
        raise ValueError("d must be a multiple of heads")

    def split(W):
        rows = X @ W
        return np.moveaxis(rows.reshape(*rows.shape[:-1], heads, d // heads), -2, -3)

    z = split(W_Q) @ np.swapaxes(split(W_K), -1, -2) / np.sqrt(d // heads)
    z = z if allowed is None else np.where(allowed, z, -np.inf)
    weights = np.exp(z - z.max(axis=-1, keepdims=True))
    heard = weights / weights.sum(axis=-1, keepdims=True) @ split(W_V)
    return heard.reshape(np.shape(X)) @ W_O


# %% wrong: both without a turn
# hint: neither the split nor the join swaps words and heads: so words are mixed
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = np.shape(X)[-1]
    if d % heads:
        raise ValueError("d must be a multiple of heads")

    def split(W):
        rows = X @ W
        return rows.reshape(*rows.shape[:-2], heads, rows.shape[-2], d // heads)

    z = split(W_Q) @ np.swapaxes(split(W_K), -1, -2) / np.sqrt(d // heads)
    z = z if allowed is None else np.where(allowed, z, -np.inf)
    weights = np.exp(z - z.max(axis=-1, keepdims=True))
    heard = weights / weights.sum(axis=-1, keepdims=True) @ split(W_V)
    return heard.reshape(np.shape(X)) @ W_O


# %% wrong: every h-th column
# hint: head 1 takes the first d/h columns, not every h-th one
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = np.shape(X)[-1]
    if d % heads:
        raise ValueError("d must be a multiple of heads")

    def split(W):
        rows = X @ W
        return np.moveaxis(rows.reshape(*rows.shape[:-1], d // heads, heads), -1, -3)

    z = split(W_Q) @ np.swapaxes(split(W_K), -1, -2) / np.sqrt(d // heads)
    z = z if allowed is None else np.where(allowed, z, -np.inf)
    weights = np.exp(z - z.max(axis=-1, keepdims=True))
    heard = weights / weights.sum(axis=-1, keepdims=True) @ split(W_V)
    return np.moveaxis(heard, -3, -1).reshape(np.shape(X)) @ W_O


# %% wrong: every h-th column, joined by heads
# hint: the columns are dealt out one by one: each head takes d/h that are next to each other
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = np.shape(X)[-1]
    if d % heads:
        raise ValueError("d must be a multiple of heads")

    def split(W):
        rows = X @ W
        return np.moveaxis(rows.reshape(*rows.shape[:-1], d // heads, heads), -1, -3)

    z = split(W_Q) @ np.swapaxes(split(W_K), -1, -2) / np.sqrt(d // heads)
    z = z if allowed is None else np.where(allowed, z, -np.inf)
    weights = np.exp(z - z.max(axis=-1, keepdims=True))
    heard = weights / weights.sum(axis=-1, keepdims=True) @ split(W_V)
    return np.moveaxis(heard, -3, -2).reshape(np.shape(X)) @ W_O


# %% wrong: one head
# hint: this is one head with all the columns
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    if X.shape[-1] % heads:
        raise ValueError("no multiple")
    z = X @ W_Q @ np.swapaxes(X @ W_K, -1, -2) / np.sqrt(X.shape[-1])
    z = z if allowed is None else np.where(allowed, z, -np.inf)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ (X @ W_V) @ W_O


# %% wrong: X cut, not Q, K and V
# hint: each head sees all of X: it is Q, K and V that are cut into columns
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = X.shape[-1]
    if d % heads:
        raise ValueError("no multiple")
    parts = []
    for j in range(heads):
        c = slice(j * d // heads, (j + 1) * d // heads)
        x = X[..., c]
        z = (x @ W_Q[c, c]) @ np.swapaxes(x @ W_K[c, c], -1, -2) / np.sqrt(d // heads)
        z = z if allowed is None else np.where(allowed, z, -np.inf)
        e = np.exp(z - z.max(axis=-1, keepdims=True))
        parts.append(e / e.sum(axis=-1, keepdims=True) @ (x @ W_V[c, c]))
    return np.concatenate(parts, axis=-1) @ W_O


# %% wrong: the heads averaged
# hint: the heads stand side by side: here they are averaged
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = np.shape(X)[-1]
    if d % heads:
        raise ValueError("d must be a multiple of heads")

    def split(W):
        rows = X @ W
        return np.moveaxis(rows.reshape(*rows.shape[:-1], heads, d // heads), -2, -3)

    z = split(W_Q) @ np.swapaxes(split(W_K), -1, -2) / np.sqrt(d // heads)
    z = z if allowed is None else np.where(allowed, z, -np.inf)
    weights = np.exp(z - z.max(axis=-1, keepdims=True))
    heard = weights / weights.sum(axis=-1, keepdims=True) @ split(W_V)
    return np.tile(heard.mean(axis=-3), heads) @ W_O


# %% wrong: the heads in reverse order
# hint: head 1 comes first
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = np.shape(X)[-1]
    if d % heads:
        raise ValueError("d must be a multiple of heads")

    def split(W):
        rows = X @ W
        return np.moveaxis(rows.reshape(*rows.shape[:-1], heads, d // heads), -2, -3)

    z = split(W_Q) @ np.swapaxes(split(W_K), -1, -2) / np.sqrt(d // heads)
    z = z if allowed is None else np.where(allowed, z, -np.inf)
    weights = np.exp(z - z.max(axis=-1, keepdims=True))
    heard = weights / weights.sum(axis=-1, keepdims=True) @ split(W_V)
    return np.moveaxis(heard[..., ::-1, :, :], -3, -2).reshape(np.shape(X)) @ W_O


# %% wrong: W_O forgotten
# hint: the heads are not mixed yet: W_O is missing
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = np.shape(X)[-1]
    if d % heads:
        raise ValueError("d must be a multiple of heads")

    def split(W):
        rows = X @ W
        return np.moveaxis(rows.reshape(*rows.shape[:-1], heads, d // heads), -2, -3)

    z = split(W_Q) @ np.swapaxes(split(W_K), -1, -2) / np.sqrt(d // heads)
    z = z if allowed is None else np.where(allowed, z, -np.inf)
    weights = np.exp(z - z.max(axis=-1, keepdims=True))
    heard = weights / weights.sum(axis=-1, keepdims=True) @ split(W_V)
    return np.moveaxis(heard, -3, -2).reshape(np.shape(X))


# %% wrong: W_O on the wrong side
# hint: rows are words: W_O stands on the right, and is not transposed
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = np.shape(X)[-1]
    if d % heads:
        raise ValueError("d must be a multiple of heads")

    def split(W):
        rows = X @ W
        return np.moveaxis(rows.reshape(*rows.shape[:-1], heads, d // heads), -2, -3)

    z = split(W_Q) @ np.swapaxes(split(W_K), -1, -2) / np.sqrt(d // heads)
    z = z if allowed is None else np.where(allowed, z, -np.inf)
    weights = np.exp(z - z.max(axis=-1, keepdims=True))
    heard = weights / weights.sum(axis=-1, keepdims=True) @ split(W_V)
    return np.moveaxis(heard, -3, -2).reshape(np.shape(X)) @ W_O.T


# %% wrong: W_O at first
# hint: W_O mixes at the end what the heads have heard, not the values
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = np.shape(X)[-1]
    if d % heads:
        raise ValueError("d must be a multiple of heads")

    def split(W):
        rows = X @ W
        return np.moveaxis(rows.reshape(*rows.shape[:-1], heads, d // heads), -2, -3)

    z = split(W_Q) @ np.swapaxes(split(W_K), -1, -2) / np.sqrt(d // heads)
    z = z if allowed is None else np.where(allowed, z, -np.inf)
    weights = np.exp(z - z.max(axis=-1, keepdims=True))
    heard = weights / weights.sum(axis=-1, keepdims=True) @ split(W_V @ W_O)
    return np.moveaxis(heard, -3, -2).reshape(np.shape(X))


# %% wrong: values not projected
# hint: the values are X W_V
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = np.shape(X)[-1]
    if d % heads:
        raise ValueError("d must be a multiple of heads")

    def split(W):
        rows = X @ W
        return np.moveaxis(rows.reshape(*rows.shape[:-1], heads, d // heads), -2, -3)

    z = split(W_Q) @ np.swapaxes(split(W_K), -1, -2) / np.sqrt(d // heads)
    z = z if allowed is None else np.where(allowed, z, -np.inf)
    weights = np.exp(z - z.max(axis=-1, keepdims=True))
    heard = weights / weights.sum(axis=-1, keepdims=True) @ split(np.eye(d))
    return np.moveaxis(heard, -3, -2).reshape(np.shape(X)) @ W_O


# %% wrong: keys asked by keys
# hint: queries and keys are different: both are made with the same matrix here
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = np.shape(X)[-1]
    if d % heads:
        raise ValueError("d must be a multiple of heads")

    def split(W):
        rows = X @ W
        return np.moveaxis(rows.reshape(*rows.shape[:-1], heads, d // heads), -2, -3)

    z = split(W_K) @ np.swapaxes(split(W_K), -1, -2) / np.sqrt(d // heads)
    z = z if allowed is None else np.where(allowed, z, -np.inf)
    weights = np.exp(z - z.max(axis=-1, keepdims=True))
    heard = weights / weights.sum(axis=-1, keepdims=True) @ split(W_V)
    return np.moveaxis(heard, -3, -2).reshape(np.shape(X)) @ W_O


# %% wrong: keys ask queries
# hint: queries ask keys: in these weights it is the other way round
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = np.shape(X)[-1]
    if d % heads:
        raise ValueError("d must be a multiple of heads")

    def split(W):
        rows = X @ W
        return np.moveaxis(rows.reshape(*rows.shape[:-1], heads, d // heads), -2, -3)

    z = split(W_K) @ np.swapaxes(split(W_Q), -1, -2) / np.sqrt(d // heads)
    z = z if allowed is None else np.where(allowed, z, -np.inf)
    weights = np.exp(z - z.max(axis=-1, keepdims=True))
    heard = weights / weights.sum(axis=-1, keepdims=True) @ split(W_V)
    return np.moveaxis(heard, -3, -2).reshape(np.shape(X)) @ W_O


# %% wrong: weights along the queries
# hint: the weights of each query add up to 1
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = np.shape(X)[-1]
    if d % heads:
        raise ValueError("d must be a multiple of heads")

    def split(W):
        rows = X @ W
        return np.moveaxis(rows.reshape(*rows.shape[:-1], heads, d // heads), -2, -3)

    z = split(W_Q) @ np.swapaxes(split(W_K), -1, -2) / np.sqrt(d // heads)
    z = z if allowed is None else np.where(allowed, z, -np.inf)
    weights = np.exp(z - z.max(axis=-1, keepdims=True))
    heard = weights / weights.sum(axis=-2, keepdims=True) @ split(W_V)
    return np.moveaxis(heard, -3, -2).reshape(np.shape(X)) @ W_O


# %% wrong: the mask forgotten
# hint: here each word sees the later ones
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = np.shape(X)[-1]
    if d % heads:
        raise ValueError("d must be a multiple of heads")

    def split(W):
        rows = X @ W
        return np.moveaxis(rows.reshape(*rows.shape[:-1], heads, d // heads), -2, -3)

    z = split(W_Q) @ np.swapaxes(split(W_K), -1, -2) / np.sqrt(d // heads)
    pass
    weights = np.exp(z - z.max(axis=-1, keepdims=True))
    heard = weights / weights.sum(axis=-1, keepdims=True) @ split(W_V)
    return np.moveaxis(heard, -3, -2).reshape(np.shape(X)) @ W_O


# %% wrong: the mask the other way round
# hint: True is what may be seen
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = np.shape(X)[-1]
    if d % heads:
        raise ValueError("d must be a multiple of heads")

    def split(W):
        rows = X @ W
        return np.moveaxis(rows.reshape(*rows.shape[:-1], heads, d // heads), -2, -3)

    z = split(W_Q) @ np.swapaxes(split(W_K), -1, -2) / np.sqrt(d // heads)
    z = z if allowed is None else np.where(allowed, -1e9, z)
    weights = np.exp(z - z.max(axis=-1, keepdims=True))
    heard = weights / weights.sum(axis=-1, keepdims=True) @ split(W_V)
    return np.moveaxis(heard, -3, -2).reshape(np.shape(X)) @ W_O


# %% wrong: masked after the softmax
# hint: a mask after the softmax leaves weights that do not add up to 1
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = np.shape(X)[-1]
    if d % heads:
        raise ValueError("d must be a multiple of heads")

    def split(W):
        rows = X @ W
        return np.moveaxis(rows.reshape(*rows.shape[:-1], heads, d // heads), -2, -3)

    z = split(W_Q) @ np.swapaxes(split(W_K), -1, -2) / np.sqrt(d // heads)
    pass
    weights = np.exp(z - z.max(axis=-1, keepdims=True))
    heard = weights / weights.sum(axis=-1, keepdims=True) * (1 if allowed is None else allowed) @ split(W_V)
    return np.moveaxis(heard, -3, -2).reshape(np.shape(X)) @ W_O


# %% wrong: no error
# hint: four columns cannot be shared out
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = np.shape(X)[-1]
    if False:
        raise ValueError("d must be a multiple of heads")

    def split(W):
        rows = X @ W
        w = d // heads
        return np.moveaxis(rows[..., : heads * w].reshape(*rows.shape[:-1], heads, w), -2, -3)

    z = split(W_Q) @ np.swapaxes(split(W_K), -1, -2) / np.sqrt(d // heads)
    z = z if allowed is None else np.where(allowed, z, -np.inf)
    weights = np.exp(z - z.max(axis=-1, keepdims=True))
    heard = weights / weights.sum(axis=-1, keepdims=True) @ split(W_V)
    return (
        np.concatenate(
            [
                np.moveaxis(heard, -3, -2).reshape(*np.shape(X)[:-1], -1),
                np.zeros((*np.shape(X)[:-1], d % heads)),
            ],
            axis=-1,
        )
        @ W_O
    )


# %% wrong: sentences hear each other
# hint: each sentence of a stack is heard by itself: here all words are one long sentence
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    shape = X.shape
    d = shape[-1]
    if d % heads:
        raise ValueError("no multiple")
    X = X.reshape(-1, d)
    Q, K, V = ((X @ W).reshape(-1, heads, d // heads).swapaxes(0, 1) for W in (W_Q, W_K, W_V))
    z = Q @ K.swapaxes(1, 2) / np.sqrt(d // heads)
    if allowed is not None:
        z = np.where(np.kron(np.eye(len(X) // len(allowed)), allowed) > 0, z, -np.inf)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return ((e / e.sum(axis=-1, keepdims=True) @ V).swapaxes(0, 1).reshape(shape)) @ W_O


# %% wrong: a stack is not thought of
# hint: swap the axes of words and heads, which are not the first two in a stack
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = X.shape[-1]
    if d % heads:
        raise ValueError("no multiple")
    n = len(X)
    Q, K, V = ((X @ W).reshape(n, heads, d // heads).transpose(1, 0, 2) for W in (W_Q, W_K, W_V))
    z = Q @ K.transpose(0, 2, 1) / np.sqrt(d // heads)
    z = z if allowed is None else np.where(allowed, z, -np.inf)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return (e / e.sum(axis=-1, keepdims=True) @ V).transpose(1, 0, 2).reshape(n, d) @ W_O


# %% wrong: always two heads
# hint: three heads with two columns each, and random
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    d = np.shape(X)[-1]
    heads = min(heads, 2) if d % heads == 0 else heads
    if d % heads:
        raise ValueError("d must be a multiple of heads")

    def split(W):
        rows = X @ W
        return np.moveaxis(rows.reshape(*rows.shape[:-1], heads, d // heads), -2, -3)

    z = split(W_Q) @ np.swapaxes(split(W_K), -1, -2) / np.sqrt(d // heads)
    z = z if allowed is None else np.where(allowed, z, -np.inf)
    weights = np.exp(z - z.max(axis=-1, keepdims=True))
    heard = weights / weights.sum(axis=-1, keepdims=True) @ split(W_V)
    return np.moveaxis(heard, -3, -2).reshape(np.shape(X)) @ W_O


# %% wrong: the words changed in place
# hint: changes its
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    X *= 2
    X = X / 2
    d = np.shape(X)[-1]
    if d % heads:
        raise ValueError("d must be a multiple of heads")

    def split(W):
        rows = X @ W
        return np.moveaxis(rows.reshape(*rows.shape[:-1], heads, d // heads), -2, -3)

    z = split(W_Q) @ np.swapaxes(split(W_K), -1, -2) / np.sqrt(d // heads)
    z = z if allowed is None else np.where(allowed, z, -np.inf)
    weights = np.exp(z - z.max(axis=-1, keepdims=True))
    heard = weights / weights.sum(axis=-1, keepdims=True) @ split(W_V)
    return np.moveaxis(heard, -3, -2).reshape(np.shape(X)) @ W_O


# %% wrong: unanswered
# hint: not answered yet
def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's heads, imported
# hint: uses mathml.attention
from mathml.attention import multi_head_attention


def multi_head(X, W_Q, W_K, W_V, W_O, heads, allowed):
    return multi_head_attention(X, W_Q, W_K, W_V, W_O, heads, allowed)


# %% paste: mathml's heads, from the setup cell
# hint: multi_head = ready.
multi_head = ready.multi_head_attention
