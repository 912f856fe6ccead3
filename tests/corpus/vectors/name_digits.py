# %% right: one query at a time
def name_digits(examples, labels, queries):
    units = examples / np.sqrt((examples**2).sum(axis=1))[:, None]
    classes = sorted(set(labels.tolist()))
    names = []
    for q in queries:
        seen = ~np.isnan(q)
        scores = []
        for c in classes:
            m = units[labels == c].mean(axis=0)[seen]
            length = np.sqrt(m @ m)
            scores.append(q[seen] @ m / length if length > 0 else 0)
        names.append(classes[int(np.argmax(scores))])
    return names


# %% right: all at once, in float32, with the sum for the mean
def name_digits(examples, labels, queries):
    classes, place = np.unique(labels, return_inverse=True)
    units = (examples / np.sqrt(np.einsum("ij,ij->i", examples, examples))[:, None]).astype(np.float32)
    M = np.zeros((len(classes), examples.shape[1]), dtype=np.float32)
    np.add.at(M, place, units)
    seen = np.isfinite(queries).astype(np.float32)
    Q = np.nan_to_num(queries).astype(np.float32)
    scores = (Q @ M.T) / np.maximum(np.sqrt(seen @ (M * M).T), 1e-12)
    return classes[scores.argmax(axis=1)]


# %% right: the smallest distance between unit vectors over the seen pixels
def name_digits(examples, labels, queries):
    classes = np.unique(labels)
    directions = []
    for c in classes:
        total = 0
        for x in examples[labels == c]:
            total = total + x / (x @ x) ** 0.5
        directions.append(total)
    D = np.array(directions)
    names = np.empty(len(queries), dtype=labels.dtype)
    for i, q in enumerate(queries):
        D_seen, q_seen = D[:, q == q], q[q == q]
        lengths = np.sqrt((D_seen**2).sum(axis=1, keepdims=True))
        U = D_seen / np.where(lengths > 0, lengths, 1)
        gaps = np.sum((U - q_seen / np.sqrt(q_seen @ q_seen)) ** 2, axis=1)
        gaps[lengths[:, 0] == 0] = 2
        names[i] = classes[gaps.argmin()]
    return names


# %% wrong: zero for an unseen pixel
# hint: an unseen pixel is not an empty one
def name_digits(examples, labels, queries):
    classes = np.unique(labels)
    U = examples / np.sqrt((examples**2).sum(axis=1, keepdims=True))
    M = np.array([U[labels == c].mean(axis=0) for c in classes])
    Q = np.nan_to_num(queries)
    return classes[np.argmax(Q @ M.T / np.sqrt((M**2).sum(axis=1)), axis=1)]


# %% wrong: the dot product
# hint: the dot product prefers the longer class
def name_digits(examples, labels, queries):
    classes = np.unique(labels)
    U = examples / np.sqrt((examples**2).sum(axis=1, keepdims=True))
    M = np.array([U[labels == c].mean(axis=0) for c in classes])
    return classes[np.argmax(np.nan_to_num(queries) @ M.T, axis=1)]


# %% wrong: averages the examples with all their ink
# hint: scale each to length one first
def name_digits(examples, labels, queries):
    classes = np.unique(labels)
    M = np.array([examples[labels == c].mean(axis=0) for c in classes])
    seen = ~np.isnan(queries)
    lengths = np.sqrt(seen @ (M**2).T)
    return classes[np.argmax(np.nan_to_num(queries) @ M.T / np.where(lengths > 0, lengths, 1), axis=1)]


# %% wrong: positions instead of labels
# hint: return the labels themselves
def name_digits(examples, labels, queries):
    classes = np.unique(labels)
    U = examples / np.sqrt((examples**2).sum(axis=1, keepdims=True))
    M = np.array([U[labels == c].mean(axis=0) for c in classes])
    lengths = np.sqrt(~np.isnan(queries) @ (M**2).T)
    return np.argmax(np.nan_to_num(queries) @ M.T / np.where(lengths > 0, lengths, 1), axis=1)


# %% wrong: the nearest class mean by distance
# hint: a distance compares the amount of ink as well
def name_digits(examples, labels, queries):
    classes = np.unique(labels)
    U = examples / np.sqrt((examples**2).sum(axis=1, keepdims=True))
    M = np.array([U[labels == c].mean(axis=0) for c in classes])
    return classes[[np.nanargmin(np.nansum((M - q) ** 2, axis=1)) for q in queries]]


# %% wrong: 0/0 for a class without ink
# hint: a class without ink in the seen pixels has length 0 there
def name_digits(examples, labels, queries):
    classes = np.unique(labels)
    U = examples / np.sqrt((examples**2).sum(axis=1, keepdims=True))
    M = np.array([U[labels == c].mean(axis=0) for c in classes])
    lengths = np.sqrt(~np.isnan(queries) @ (M**2).T)
    return classes[np.argmax(np.nan_to_num(queries) @ M.T / lengths, axis=1)]


# %% wrong: lets NaN into the sums
# hint: NaN in a sum makes the sum NaN
def name_digits(examples, labels, queries):
    classes = np.unique(labels)
    U = examples / np.sqrt((examples**2).sum(axis=1, keepdims=True))
    M = np.array([U[labels == c].mean(axis=0) for c in classes])
    return classes[np.argmax(queries @ M.T / np.sqrt((M**2).sum(axis=1)), axis=1)]


# %% wrong: unanswered
# hint: is not answered yet
def name_digits(examples, labels, queries):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's nearest neighbour by cosine, its source, with zeros for NaN
# hint: the nearest example is not the nearest class
def name_digits(examples, labels, queries):
    Q = np.nan_to_num(queries)
    U = examples / np.sqrt((examples**2).sum(axis=1, keepdims=True))
    V = Q / np.sqrt((Q**2).sum(axis=1, keepdims=True))
    return labels[np.argsort(1 - V @ U.T, axis=1)[:, 0]]


# %% paste: mathml's nearest neighbours, imported
# hint: uses mathml.algorithms
from mathml.algorithms.nearest_neighbors import NearestNeighbors


def name_digits(examples, labels, queries):
    nearest = NearestNeighbors(n_neighbors=1, metric="cosine").fit(examples)
    return labels[nearest.kneighbors(np.nan_to_num(queries))[1][:, 0]]
