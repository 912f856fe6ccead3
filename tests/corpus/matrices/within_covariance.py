# %% right: the broken code, mended
def within_covariance(X, labels):
    apart = X.astype(float)
    for c in set(labels):
        apart[labels == c] -= X[labels == c].mean(axis=0)
    return apart.T @ apart / (len(X) - len(set(labels)))


# %% right: NumPy's covariance of each kind, times its size less one
def within_covariance(X, labels):
    kinds, sizes = np.unique(labels, return_counts=True)
    total = np.zeros((X.shape[1], X.shape[1]))
    for c, size in zip(kinds, sizes):
        if size > 1:
            total += (size - 1) * np.cov(X[labels == c], rowvar=False)
    return total / (sizes.sum() - len(kinds))


# %% right: loops over examples and features, as lists
def within_covariance(X, labels):
    d = X.shape[1]
    means = {}
    for c in labels.tolist():
        group = [x for x, label in zip(X, labels) if label == c]
        means[c] = [sum(x[j] for x in group) / len(group) for j in range(d)]
    S = [[0.0] * d for _ in range(d)]
    for x, c in zip(X, labels.tolist()):
        for i in range(d):
            for j in range(d):
                S[i][j] += (x[i] - means[c][i]) * (x[j] - means[c][j])
    return [[s / (len(X) - len(means)) for s in row] for row in S]


# %% right: outer products, around the first example of each kind, in float32
def within_covariance(X, labels):
    S = np.zeros((X.shape[1],) * 2, dtype=np.float32)
    for c in np.unique(labels):
        group = (X[labels == c] - X[labels == c][0]).astype(np.float32)
        for x in group - group.mean(axis=0):
            S += np.outer(x, x)
    return S / (len(X) - np.unique(labels).size)


# %% wrong: not mended, only the line that raises is gone
# hint: nothing is mended yet
def within_covariance(X, labels):
    apart = X - X.mean()
    return apart @ apart.T / len(X)


# %% wrong: the mean of all, divided by n − k
# hint: the examples were measured from the mean of all
def within_covariance(X, labels):
    apart = X - X.mean(axis=0)
    return apart.T @ apart / (len(X) - len(np.unique(labels)))


# %% wrong: one number is the mean of a kind
# hint: a mean runs over the examples, along axis 0
def within_covariance(X, labels):
    S = 0
    for c in np.unique(labels):
        apart = X[labels == c] - X[labels == c].mean()
        S = S + apart.T @ apart
    return S / (len(X) - len(np.unique(labels)))


# %% wrong: the transposed factor on the right
# hint: put the transposed factor on the left
def within_covariance(X, labels):
    apart = X.copy()
    for c in np.unique(labels):
        apart[labels == c] -= X[labels == c].mean(axis=0)
    return apart @ apart.T / (len(X) - len(np.unique(labels)))


# %% wrong: divides by n
# hint: n is too many
def within_covariance(X, labels):
    apart = X.copy()
    for c in np.unique(labels):
        apart[labels == c] -= X[labels == c].mean(axis=0)
    return apart.T @ apart / len(X)


# %% wrong: divides by n − 1
# hint: so two means were taken
def within_covariance(X, labels):
    apart = X.copy()
    for c in np.unique(labels):
        apart[labels == c] -= X[labels == c].mean(axis=0)
    return apart.T @ apart / (len(X) - 1)


# %% wrong: the mean of the kinds' covariances
# hint: the kinds were averaged alike
def within_covariance(X, labels):
    return np.mean([np.cov(X[labels == c].T) for c in np.unique(labels)], axis=0)


# %% wrong: 0/0 for a kind with one example
# hint: a kind with one example adds nothing to the sum
def within_covariance(X, labels):
    S = 0
    for c in np.unique(labels):
        group = X[labels == c]
        S = S + (len(group) - 1) * np.cov(group.T)
    return S / (len(X) - len(np.unique(labels)))


# %% wrong: squares first, and subtracts afterwards
# hint: subtract the mean first, then multiply
def within_covariance(X, labels):
    S = X.T @ X
    for c in np.unique(labels):
        mean = X[labels == c].mean(axis=0)
        S = S - np.sum(labels == c) * np.outer(mean, mean)
    return S / (len(X) - len(np.unique(labels)))


# %% wrong: unanswered
# hint: not answered yet
def within_covariance(X, labels):
    raise NotImplementedError("not answered yet")
    apart = X - X.mean()
    return apart @ apart.T / len(X)


# %% paste: mathml's covariance, its source
# hint: that is the covariance of the whole cloud
def within_covariance(X, labels, ddof=1):
    Z = X - X[0]
    Z = Z - Z.mean(axis=0)
    return (Z.T @ Z) / (len(X) - ddof)


# %% paste: mathml's covariance, imported
# hint: uses mathml.matrices
from mathml.matrices import covariance


def within_covariance(X, labels):
    kinds = np.unique(labels)
    parts = [(np.sum(labels == c) - 1) * covariance(X[labels == c]) for c in kinds if np.sum(labels == c) > 1]
    return sum(parts) / (len(X) - len(kinds))
