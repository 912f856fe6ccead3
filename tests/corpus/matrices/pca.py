# %% right: eigenvectors of the correlation matrix, the other sign
def pca(X, k):
    spread = X.std(axis=0)
    Z = (X - X.mean(axis=0)) / np.where(spread == 0, 1, spread)
    _, Q = np.linalg.eigh(Z.T @ Z)
    return -Q[:, ::-1][:, :k].T


# %% right: singular vectors, in float32, as lists
def pca(X, k):
    Z = X - X.mean(axis=0)
    lengths = np.sqrt(np.sum(Z**2, axis=0))
    Z = (Z / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return np.linalg.svd(Z, full_matrices=False)[2][:k].tolist()


# %% right: orthogonal iteration, any basis of the subspace
def pca(X, k):
    Z = np.array([(x - x.mean()) / (x.std() or 1) for x in X.T]).T
    W = np.random.default_rng(0).normal(size=(X.shape[1], k))
    for _ in range(3000):
        W, _ = np.linalg.qr(Z.T @ (Z @ W))
    turn, _ = np.linalg.qr(np.random.default_rng(1).normal(size=(k, k)))
    return (W @ turn).T


# %% wrong: way A, the table as it came
# hint: the axis points from the origin to the cloud
def pca(X, k):
    return np.linalg.svd(X)[2][:k]


# %% wrong: way B, without the mean
# hint: the feature with the largest numbers has taken the axis
def pca(X, k):
    return np.linalg.svd(X - X.mean(axis=0))[2][:k]


# %% wrong: divides, but keeps the mean
# hint: subtract the mean as well
def pca(X, k):
    spread = X.std(axis=0)
    return np.linalg.svd(X / np.where(spread > 0, spread, 1))[2][:k]


# %% wrong: divides by the variance
# hint: divided by the variance, a feature still has a unit
def pca(X, k):
    variance = X.var(axis=0)
    return np.linalg.svd((X - X.mean(axis=0)) / np.where(variance > 0, variance, 1))[2][:k]


# %% wrong: the axes of the smallest variance
# hint: eigh gives the smallest eigenvalue first
def pca(X, k):
    spread = X.std(axis=0)
    Z = (X - X.mean(axis=0)) / np.where(spread > 0, spread, 1)
    return np.linalg.eigh(Z.T @ Z)[1][:, :k].T


# %% wrong: the columns of Vᵀ
# hint: third factor is Vᵀ
def pca(X, k):
    spread = X.std(axis=0)
    Z = (X - X.mean(axis=0)) / np.where(spread > 0, spread, 1)
    return np.linalg.svd(Z)[2][:, :k].T


# %% wrong: axes in columns
# hint: these are columns
def pca(X, k):
    spread = X.std(axis=0)
    Z = (X - X.mean(axis=0)) / np.where(spread > 0, spread, 1)
    return np.linalg.svd(Z)[2][:k].T


# %% wrong: divides by zero
# hint: its 0/0 has spoilt the table
def pca(X, k):
    return np.linalg.svd((X - X.mean(axis=0)) / X.std(axis=0))[2][:k]


# %% wrong: leaves a constant feature out
# hint: a constant feature keeps its place
def pca(X, k):
    X = X[:, X.std(axis=0) > 0]
    return np.linalg.svd((X - X.mean(axis=0)) / X.std(axis=0))[2][:k]


# %% wrong: axes with the length of their variance
# hint: of length one and perpendicular
def pca(X, k):
    spread = X.std(axis=0)
    Z = (X - X.mean(axis=0)) / np.where(spread > 0, spread, 1)
    _, s, Vt = np.linalg.svd(Z, full_matrices=False)
    return Vt[:k] * (s[:k, None] / s[0])


# %% wrong: unanswered
# hint: not answered yet
def pca(X, k):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's PCA, its source
# hint: what does a larger g do to a covariance
def pca(X, k):
    _, _, Vt = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)
    components = Vt[:k]
    sizes = np.abs(components)
    leading = np.argmax(sizes >= (1 - 1e-9) * sizes.max(axis=1, keepdims=True), axis=1)
    return components * np.sign(np.take_along_axis(components, leading[:, np.newaxis], axis=1))


# %% paste: mathml's PCA, imported
# hint: uses mathml.algorithms
from mathml.algorithms.pca import PCA


def pca(X, k):
    spread = X.std(axis=0)
    return PCA(n_components=k).fit(X / np.where(spread > 0, spread, 1)).components_


# %% paste: scikit-learn's PCA and scaler
# hint: uses sklearn
def pca(X, k):
    from sklearn.decomposition import PCA
    from sklearn.preprocessing import StandardScaler

    return PCA(k).fit(StandardScaler().fit_transform(X)).components_
