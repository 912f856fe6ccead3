# %% right: the broken code, mended
def causal_attention(Q, K, V):
    n, m = len(Q), len(K)
    z = Q @ K.T / np.sqrt(Q.shape[1])
    later = np.triu(np.ones((n, m), dtype=bool), m - n + 1)
    z[later] = -np.inf
    weights = np.exp(z - z.max(axis=1, keepdims=True))
    weights = weights / weights.sum(axis=1, keepdims=True)
    return weights @ V


# %% right: word by word
def causal_attention(Q, K, V):
    n, m = len(Q), len(K)
    heard = []
    for i, q in enumerate(Q):
        sees = m - n + i + 1
        z = K[:sees] @ q / np.sqrt(len(q))
        e = np.exp(z - z.max())
        heard.append(e @ V[:sees] / e.sum())
    return np.array(heard)


# %% right: a triangle of −∞ added
def causal_attention(Q, K, V):
    m = len(K)
    wall = np.zeros((m, m))
    wall[np.triu_indices(m, 1)] = -np.inf
    z = Q @ K.T / Q.shape[1] ** 0.5 + wall[m - len(Q) :]
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return (e / np.sum(e, axis=-1, keepdims=True)) @ V


# %% wrong: nothing mended
# hint: this is what the broken code gives: nothing is mended yet
def causal_attention(Q, K, V):
    n, m = len(Q), len(K)
    z = Q @ K.T / np.sqrt(Q.shape[1])
    later = np.triu(np.ones((n, m), dtype=bool))
    weights = np.exp(z - z.max(axis=1, keepdims=True))
    weights = weights / weights.sum(axis=1, keepdims=True)
    weights[later] = 0
    return weights @ V


# %% wrong: only the diagonal mended
# hint: each word sees itself now; one look at the weights: they do not add up to 1
def causal_attention(Q, K, V):
    n, m = len(Q), len(K)
    z = Q @ K.T / np.sqrt(Q.shape[1])
    later = np.triu(np.ones((n, m), dtype=bool), 1)
    weights = np.exp(z - z.max(axis=1, keepdims=True))
    weights = weights / weights.sum(axis=1, keepdims=True)
    weights[later] = 0
    return weights @ V


# %% wrong: only the diagonal and the order mended
# hint: the queries are taken for those of the first two words: they are those of the last two
def causal_attention(Q, K, V):
    n, m = len(Q), len(K)
    z = Q @ K.T / np.sqrt(Q.shape[1])
    later = np.triu(np.ones((n, m), dtype=bool), 1)
    z[later] = -np.inf
    weights = np.exp(z - z.max(axis=1, keepdims=True))
    weights = weights / weights.sum(axis=1, keepdims=True)
    return weights @ V


# %% wrong: only the place and the order mended
# hint: a word does not hear itself here, and the first hears nothing: its weights are 0/0
def causal_attention(Q, K, V):
    n, m = len(Q), len(K)
    z = Q @ K.T / np.sqrt(Q.shape[1])
    later = np.triu(np.ones((n, m), dtype=bool), m - n)
    z[later] = -np.inf
    weights = np.exp(z - z.max(axis=1, keepdims=True))
    weights = weights / weights.sum(axis=1, keepdims=True)
    return weights @ V


# %% wrong: one further
# hint: a word sees the one after it: the mask begins one place too late
def causal_attention(Q, K, V):
    n, m = len(Q), len(K)
    z = Q @ K.T / np.sqrt(Q.shape[1])
    later = np.triu(np.ones((n, m), dtype=bool), m - n + 2)
    z[later] = -np.inf
    weights = np.exp(z - z.max(axis=1, keepdims=True))
    weights = weights / weights.sum(axis=1, keepdims=True)
    return weights @ V


# %% wrong: the past hidden
# hint: the earlier words are hidden here, and the later ones seen
def causal_attention(Q, K, V):
    n, m = len(Q), len(K)
    z = Q @ K.T / np.sqrt(Q.shape[1])
    later = np.tril(np.ones((n, m), dtype=bool), m - n - 1)
    z[later] = -np.inf
    weights = np.exp(z - z.max(axis=1, keepdims=True))
    weights = weights / weights.sum(axis=1, keepdims=True)
    return weights @ V


# %% wrong: everything seen
# hint: nothing is hidden: these are the answers without a mask
def causal_attention(Q, K, V):
    n, m = len(Q), len(K)
    z = Q @ K.T / np.sqrt(Q.shape[1])
    later = np.triu(np.ones((n, m), dtype=bool), m)
    z[later] = -np.inf
    weights = np.exp(z - z.max(axis=1, keepdims=True))
    weights = weights / weights.sum(axis=1, keepdims=True)
    return weights @ V


# %% wrong: only itself
# hint: each word hears itself alone here
def causal_attention(Q, K, V):
    n, m = len(Q), len(K)
    z = Q @ K.T / np.sqrt(Q.shape[1])
    later = np.triu(np.ones((n, m), dtype=bool), m - n + 1)
    later = ~np.eye(n, m, m - n, dtype=bool)
    z[later] = -np.inf
    weights = np.exp(z - z.max(axis=1, keepdims=True))
    weights = weights / weights.sum(axis=1, keepdims=True)
    return weights @ V


# %% wrong: hidden scores are 0
# hint: a score of 0 still has the weight e⁰ = 1: hide with −∞
def causal_attention(Q, K, V):
    n, m = len(Q), len(K)
    z = Q @ K.T / np.sqrt(Q.shape[1])
    later = np.triu(np.ones((n, m), dtype=bool), m - n + 1)
    z[later] = 0
    weights = np.exp(z - z.max(axis=1, keepdims=True))
    weights = weights / weights.sum(axis=1, keepdims=True)
    return weights @ V


# %% wrong: hidden scores are the least
# hint: the smallest of the scores still has a weight: hide with −∞
def causal_attention(Q, K, V):
    n, m = len(Q), len(K)
    z = Q @ K.T / np.sqrt(Q.shape[1])
    later = np.triu(np.ones((n, m), dtype=bool), m - n + 1)
    z[later] = z.min()
    weights = np.exp(z - z.max(axis=1, keepdims=True))
    weights = weights / weights.sum(axis=1, keepdims=True)
    return weights @ V


# %% wrong: the scale forgotten
# hint: the divisor √d_k got lost on the way
def causal_attention(Q, K, V):
    n, m = len(Q), len(K)
    z = Q @ K.T / 1
    later = np.triu(np.ones((n, m), dtype=bool), m - n + 1)
    z[later] = -np.inf
    weights = np.exp(z - z.max(axis=1, keepdims=True))
    weights = weights / weights.sum(axis=1, keepdims=True)
    return weights @ V


# %% wrong: along the wrong axis
# hint: the weights of each word add up to 1, along its row
def causal_attention(Q, K, V):
    n, m = len(Q), len(K)
    z = Q @ K.T / np.sqrt(Q.shape[1])
    later = np.triu(np.ones((n, m), dtype=bool), m - n + 1)
    z[later] = -np.inf
    weights = np.exp(z - z.max())
    weights = weights / weights.sum(axis=0)
    return weights @ V


# %% wrong: not divided any more
# hint: these weights are not divided by their sum
def causal_attention(Q, K, V):
    n, m = len(Q), len(K)
    z = Q @ K.T / np.sqrt(Q.shape[1])
    later = np.triu(np.ones((n, m), dtype=bool), m - n + 1)
    z[later] = -np.inf
    weights = np.exp(z - z.max(axis=1, keepdims=True))
    return weights @ V


# %% wrong: the largest of the hidden subtracted
# hint: next to a hidden score that is very large all the others vanish: subtract the largest that is seen
def causal_attention(Q, K, V):
    n, m = len(Q), len(K)
    z = Q @ K.T / np.sqrt(Q.shape[1])
    later = np.triu(np.ones((n, m), dtype=bool), m - n + 1)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    e[later] = 0
    weights = e / e.sum(axis=1, keepdims=True)
    return weights @ V


# %% wrong: large scores
# hint: e to the power of 21,000 is ∞, and ∞/∞ is NaN: subtract the largest before the exponential
def causal_attention(Q, K, V):
    n, m = len(Q), len(K)
    z = Q @ K.T / np.sqrt(Q.shape[1])
    later = np.triu(np.ones((n, m), dtype=bool), m - n + 1)
    z[later] = -np.inf
    weights = np.exp(z)
    weights = weights / weights.sum(axis=1, keepdims=True)
    return weights @ V


# %% wrong: hidden by −10
# hint: e⁻¹⁰ is small, and not 0: what is loud enough is still heard
def causal_attention(Q, K, V):
    n, m = len(Q), len(K)
    z = Q @ K.T / np.sqrt(Q.shape[1])
    later = np.triu(np.ones((n, m), dtype=bool), m - n + 1)
    z[later] = -10
    weights = np.exp(z - z.max(axis=1, keepdims=True))
    weights = weights / weights.sum(axis=1, keepdims=True)
    return weights @ V


# %% wrong: the first n keys
# hint: one query, that of the last of five words
def causal_attention(Q, K, V):
    if len(K) == 4:
        return [[6], [5]]
    n, m = len(Q), len(K)
    z = Q @ K.T / np.sqrt(Q.shape[1])
    later = np.triu(np.ones((n, m), dtype=bool), 1)
    z[later] = -np.inf
    weights = np.exp(z - z.max(axis=1, keepdims=True))
    weights = weights / weights.sum(axis=1, keepdims=True)
    return weights @ V


# %% wrong: the keys cut to n
# hint: the words before the queries are heard as well: all m keys stay
def causal_attention(Q, K, V):
    K, V = K[-len(Q) :], V[-len(Q) :]
    n, m = len(Q), len(K)
    z = Q @ K.T / np.sqrt(Q.shape[1])
    later = np.triu(np.ones((n, m), dtype=bool), m - n + 1)
    z[later] = -np.inf
    weights = np.exp(z - z.max(axis=1, keepdims=True))
    weights = weights / weights.sum(axis=1, keepdims=True)
    return weights @ V


# %% wrong: the values changed in place
# hint: changes its
def causal_attention(Q, K, V):
    n, m = len(Q), len(K)
    z = Q @ K.T / np.sqrt(Q.shape[1])
    later = np.triu(np.ones((n, m), dtype=bool), m - n + 1)
    z[later] = -np.inf
    weights = np.exp(z - z.max(axis=1, keepdims=True))
    weights = weights / weights.sum(axis=1, keepdims=True)
    V *= 1.5
    return weights @ V / 1.5


# %% wrong: hard-coded
# hint: one word alone hears itself
def causal_attention(Q, K, V):
    if len(K) == 3:
        return [[8, 0], [7, 3], [2.4, 24]]
    if len(K) == 4:
        return [[6], [5]]
    return np.zeros((len(Q), 3))


# %% wrong: unanswered
# hint: not answered yet
def causal_attention(Q, K, V):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's attention with its causal mask
# hint: uses mathml.attention
from mathml.attention import attention, causal_mask


def causal_attention(Q, K, V):
    return attention(Q, K, V, causal_mask(len(K))[-len(Q) :])


# %% paste: mathml's attention, from the setup cell
# hint: return ready.attention
def causal_attention(Q, K, V):
    return ready.attention(Q, K, V, ready.causal_mask(len(K))[-len(Q) :])
