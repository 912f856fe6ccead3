# %% right: row by row
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    logs = []
    for row in X:
        p = ~np.isnan(row)
        x = row[p]
        away = x - mean[p]
        L = np.linalg.cholesky(covariance[np.ix_(p, p)])
        z = np.linalg.solve(L, away)
        logs.append(-z @ z / 2 - np.log(np.diag(L)).sum() - p.sum() / 2 * np.log(2 * np.pi))
    return np.array(logs)


# %% right: an own Cholesky, which solves on its way
def log_gaussian(X, mean, covariance):
    def factor(C):
        L = np.zeros(C.shape)
        for j in range(len(C)):
            pivot = C[j, j] - L[j, :j] @ L[j, :j]
            if pivot <= 0:
                raise ValueError("not positive definite")
            L[j, j] = np.sqrt(pivot)
            L[j + 1 :, j] = (C[j + 1 :, j] - L[j + 1 :, :j] @ L[j, :j]) / L[j, j]
        return L

    factor(np.asarray(covariance, dtype=float))
    logs = []
    for x in X:
        keep = [j for j in range(len(mean)) if not np.isnan(x[j])]
        L, z = factor(covariance[keep][:, keep]), []
        for j, feature in enumerate(keep):
            z.append((x[feature] - mean[feature] - L[j, :j] @ np.array(z)) / L[j, j])
        logs.append(-sum(t * t for t in z) / 2 - sum(np.log(np.diag(L))) - len(keep) * np.log(2 * np.pi) / 2)
    return logs


# %% right: a missing feature becomes independent, with z = 0 and L = 1
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    there = ~np.isnan(X)
    away = np.where(there, X - mean, 0.0)
    both = there[:, :, None] & there[:, None, :]
    L = np.linalg.cholesky(np.where(both, covariance, np.eye(len(mean))))
    z = np.linalg.solve(L, away[:, :, None])[:, :, 0]
    return (
        -0.5 * (z**2).sum(axis=1)
        - np.log(L.diagonal(axis1=1, axis2=2)).sum(axis=1)
        - there.sum(axis=1) * np.log(np.sqrt(2 * np.pi))
    )


# %% right: in units of the deviations, with slogdet
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    scale = np.sqrt(np.diag(covariance))
    R, Z = covariance / np.outer(scale, scale), (X - mean) / scale
    logs = np.zeros(len(X))
    for i, row in enumerate(Z):
        p = np.flatnonzero(~np.isnan(row))
        if p.size:
            sub, z = R[np.ix_(p, p)], row[p]
            log_det = np.linalg.slogdet(sub)[1] + 2 * np.log(scale[p]).sum()
            logs[i] = -(z @ np.linalg.solve(sub, z) + log_det + p.size * np.log(2 * np.pi)) / 2
    return logs


# %% wrong: without the mean
# hint: subtract the mean first
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    logs = []
    for row in X:
        p = ~np.isnan(row)
        x = row[p]
        away = x
        L = np.linalg.cholesky(covariance[np.ix_(p, p)])
        z = np.linalg.solve(L, away)
        logs.append(-z @ z / 2 - np.log(np.diag(L)).sum() - p.sum() / 2 * np.log(2 * np.pi))
    return np.array(logs)


# %% wrong: without the ½
# hint: half of ‖z‖²
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    logs = []
    for row in X:
        p = ~np.isnan(row)
        x = row[p]
        away = x - mean[p]
        L = np.linalg.cholesky(covariance[np.ix_(p, p)])
        z = np.linalg.solve(L, away)
        logs.append(-z @ z - np.log(np.diag(L)).sum() - p.sum() / 2 * np.log(2 * np.pi))
    return np.array(logs)


# %% wrong: ½ log 2π once
# hint: with two features once
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    logs = []
    for row in X:
        p = ~np.isnan(row)
        x = row[p]
        away = x - mean[p]
        L = np.linalg.cholesky(covariance[np.ix_(p, p)])
        z = np.linalg.solve(L, away)
        logs.append(-z @ z / 2 - np.log(np.diag(L)).sum() - np.log(2 * np.pi) / 2)
    return np.array(logs)


# %% wrong: log 2π for each feature
# hint: but only half of it
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    logs = []
    for row in X:
        p = ~np.isnan(row)
        x = row[p]
        away = x - mean[p]
        L = np.linalg.cholesky(covariance[np.ix_(p, p)])
        z = np.linalg.solve(L, away)
        logs.append(-z @ z / 2 - np.log(np.diag(L)).sum() - p.sum() * np.log(2 * np.pi))
    return np.array(logs)


# %% wrong: without the diagonal of L
# hint: the sum of log Lⱼⱼ is missing
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    logs = []
    for row in X:
        p = ~np.isnan(row)
        x = row[p]
        away = x - mean[p]
        L = np.linalg.cholesky(covariance[np.ix_(p, p)])
        z = np.linalg.solve(L, away)
        logs.append(-z @ z / 2 - p.sum() / 2 * np.log(2 * np.pi))
    return np.array(logs)


# %% wrong: the whole of log det
# hint: the logarithm of det Σ is twice
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    logs = []
    for row in X:
        p = ~np.isnan(row)
        x = row[p]
        away = x - mean[p]
        L = np.linalg.cholesky(covariance[np.ix_(p, p)])
        z = np.linalg.solve(L, away)
        logs.append(-z @ z / 2 - np.linalg.slogdet(L @ L.T)[1] - p.sum() / 2 * np.log(2 * np.pi))
    return np.array(logs)


# %% wrong: adds the diagonal of L
# hint: is subtracted
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    logs = []
    for row in X:
        p = ~np.isnan(row)
        x = row[p]
        away = x - mean[p]
        L = np.linalg.cholesky(covariance[np.ix_(p, p)])
        z = np.linalg.solve(L, away)
        logs.append(-z @ z / 2 + np.log(np.diag(L)).sum() - p.sum() / 2 * np.log(2 * np.pi))
    return np.array(logs)


# %% wrong: multiplies by L
# hint: z is not L (x − μ)
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    logs = []
    for row in X:
        p = ~np.isnan(row)
        x = row[p]
        away = x - mean[p]
        L = np.linalg.cholesky(covariance[np.ix_(p, p)])
        z = L @ away
        logs.append(-z @ z / 2 - np.log(np.diag(L)).sum() - p.sum() / 2 * np.log(2 * np.pi))
    return np.array(logs)


# %% wrong: solves with Lᵀ
# hint: Lᵀ in place of L
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    logs = []
    for row in X:
        p = ~np.isnan(row)
        x = row[p]
        away = x - mean[p]
        L = np.linalg.cholesky(covariance[np.ix_(p, p)])
        z = np.linalg.solve(L.T, away)
        logs.append(-z @ z / 2 - np.log(np.diag(L)).sum() - p.sum() / 2 * np.log(2 * np.pi))
    return np.array(logs)


# %% wrong: the diagonal of Σ only
# hint: the features were taken one by one
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    logs = []
    for row in X:
        p = ~np.isnan(row)
        x = row[p]
        away = x - mean[p]
        L = np.diag(np.sqrt(np.diag(covariance)[p]))
        z = np.linalg.solve(L, away)
        logs.append(-z @ z / 2 - np.log(np.diag(L)).sum() - p.sum() / 2 * np.log(2 * np.pi))
    return np.array(logs)


# %% wrong: the density itself
# hint: that is the density: its logarithm
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    logs = []
    for row in X:
        p = ~np.isnan(row)
        x = row[p]
        away = x - mean[p]
        L = np.linalg.cholesky(covariance[np.ix_(p, p)])
        z = np.linalg.solve(L, away)
        logs.append(-z @ z / 2 - np.log(np.diag(L)).sum() - p.sum() / 2 * np.log(2 * np.pi))
    return np.exp(logs)


# %% wrong: the log-likelihood of all rows
# hint: not their sum
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    logs = []
    for row in X:
        p = ~np.isnan(row)
        x = row[p]
        away = x - mean[p]
        L = np.linalg.cholesky(covariance[np.ix_(p, p)])
        z = np.linalg.solve(L, away)
        logs.append(-z @ z / 2 - np.log(np.diag(L)).sum() - p.sum() / 2 * np.log(2 * np.pi))
    return sum(logs)


# %% wrong: norms over all rows
# hint: not of all rows together
def log_gaussian(X, mean, covariance):
    L = np.linalg.cholesky(covariance)
    z = np.linalg.solve(L, (X - mean).T)
    return np.full(len(X), -np.sum(z**2) / 2 - np.log(np.diag(L)).sum() - len(mean) / 2 * np.log(2 * np.pi))


# %% wrong: the logarithm of the determinant
# hint: det Σ is 10⁻⁸⁰⁰
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    logs = []
    for row in X:
        p = ~np.isnan(row)
        x = row[p]
        away = x - mean[p]
        L = np.linalg.cholesky(covariance[np.ix_(p, p)])
        z = np.linalg.solve(L, away)
        logs.append(-z @ z / 2 - np.log(np.linalg.det(L @ L.T)) / 2 - p.sum() / 2 * np.log(2 * np.pi))
    return np.array(logs)


# %% wrong: the logarithm of the density
# hint: work in logarithms from the start
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    logs = []
    for row in X:
        p = ~np.isnan(row)
        x = row[p]
        away = x - mean[p]
        L = np.linalg.cholesky(covariance[np.ix_(p, p)])
        z = np.linalg.solve(L, away)
        logs.append(np.log(np.exp(-z @ z / 2) / np.sqrt((2 * np.pi) ** np.float64(p.sum()) * np.linalg.det(L @ L.T))))
    return np.array(logs)


# %% wrong: a determinant in parts that overflow only
# hint: it is ∞ to a computer
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    logs = []
    for row in X:
        p = ~np.isnan(row)
        x = row[p]
        away = x - mean[p]
        L = np.linalg.cholesky(covariance[np.ix_(p, p)])
        z = np.linalg.solve(L, away)
        logs.append(
            -z @ z / 2 + np.log(np.prod(1 / np.diag(L))) - p.sum() / 2 * np.log(2 * np.pi)
            if np.diag(L).min() > 0.5
            else -z @ z / 2 - np.log(np.diag(L)).sum() - p.sum() / 2 * np.log(2 * np.pi)
        )
    return np.array(logs)


# %% wrong: by eigenvectors
# hint: an eigenvalue of 10⁻¹⁸ beside one of 10¹⁸ is lost
def log_gaussian(X, mean, covariance):
    logs = []
    for row in X:
        p = ~np.isnan(row)
        if not p.any():
            logs.append(0.0)
            continue
        values, vectors = np.linalg.eigh(covariance[np.ix_(p, p)])
        if values.min() < -1e-3 * values.max():
            raise ValueError("no covariance")
        values = np.abs(values)
        t = vectors.T @ (row[p] - mean[p])
        logs.append(-np.sum(t**2 / values) / 2 - np.log(values).sum() / 2 - p.sum() / 2 * np.log(2 * np.pi))
    return np.array(logs)


# %% wrong: slogdet and solve, for any matrix
# hint: its determinant is −3
def log_gaussian(X, mean, covariance):
    logs = []
    for row in X:
        p = ~np.isnan(row)
        C, away = covariance[np.ix_(p, p)], row[p] - mean[p]
        log_det = np.linalg.slogdet(C)[1]
        logs.append(-away @ np.linalg.solve(C, away) / 2 - log_det / 2 - p.sum() / 2 * np.log(2 * np.pi))
    return np.array(logs)


# %% wrong: looks at the sign of the determinant only
# hint: both variances are negative
def log_gaussian(X, mean, covariance):
    logs = []
    for row in X:
        p = ~np.isnan(row)
        C, away = covariance[np.ix_(p, p)], row[p] - mean[p]
        sign, log_det = np.linalg.slogdet(C)
        if sign <= 0:
            raise ValueError("no covariance")
        logs.append(-away @ np.linalg.solve(C, away) / 2 - log_det / 2 - p.sum() / 2 * np.log(2 * np.pi))
    return np.array(logs)


# %% wrong: NaN in, NaN out
# hint: a NaN makes its whole row NaN
def log_gaussian(X, mean, covariance):
    L = np.linalg.cholesky(covariance)
    z = np.linalg.solve(L, (X - mean).T)
    return -np.sum(z**2, axis=0) / 2 - np.log(np.diag(L)).sum() - len(mean) / 2 * np.log(2 * np.pi)


# %% wrong: the mean in the gaps
# hint: the mean was put into the gaps
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    logs = []
    for row in X:
        p = np.ones(len(mean), dtype=bool)
        x = np.where(np.isnan(row), mean, row)
        away = x - mean[p]
        L = np.linalg.cholesky(covariance[np.ix_(p, p)])
        z = np.linalg.solve(L, away)
        logs.append(-z @ z / 2 - np.log(np.diag(L)).sum() - p.sum() / 2 * np.log(2 * np.pi))
    return np.array(logs)


# %% wrong: 0 in the gaps
# hint: a missing feature is not 0
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    logs = []
    for row in X:
        p = np.ones(len(mean), dtype=bool)
        x = np.nan_to_num(row)
        away = x - mean[p]
        L = np.linalg.cholesky(covariance[np.ix_(p, p)])
        z = np.linalg.solve(L, away)
        logs.append(-z @ z / 2 - np.log(np.diag(L)).sum() - p.sum() / 2 * np.log(2 * np.pi))
    return np.array(logs)


# %% wrong: what is expected of the gaps, given the others
# hint: nobody has measured that either
def log_gaussian(X, mean, covariance):
    L = np.linalg.cholesky(covariance)
    filled = X - mean
    for row in filled:
        gap = np.isnan(row)
        there = ~gap
        weights = np.linalg.solve(covariance[np.ix_(there, there)], row[there])
        row[gap] = covariance[np.ix_(gap, there)] @ weights
    z = np.linalg.solve(L, filled.T)
    return -np.sum(z**2, axis=0) / 2 - np.log(np.diag(L)).sum() - len(mean) / 2 * np.log(2 * np.pi)


# %% wrong: rows with gaps dropped
# hint: rows with a gap count, too
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    logs = []
    for row in X:
        p = ~np.isnan(row)
        if not p.all():
            continue
        x = row[p]
        away = x - mean[p]
        L = np.linalg.cholesky(covariance[np.ix_(p, p)])
        z = np.linalg.solve(L, away)
        logs.append(-z @ z / 2 - np.log(np.diag(L)).sum() - p.sum() / 2 * np.log(2 * np.pi))
    return np.array(logs)


# %% wrong: d of all features
# hint: a feature that is missing brings no log 2π
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    logs = []
    for row in X:
        p = ~np.isnan(row)
        x = row[p]
        away = x - mean[p]
        L = np.linalg.cholesky(covariance[np.ix_(p, p)])
        z = np.linalg.solve(L, away)
        logs.append(-z @ z / 2 - np.log(np.diag(L)).sum() - len(mean) / 2 * np.log(2 * np.pi))
    return np.array(logs)


# %% wrong: a part of L
# hint: rows and columns of L were taken
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    logs = []
    for row in X:
        p = ~np.isnan(row)
        x = row[p]
        away = x - mean[p]
        L = np.linalg.cholesky(covariance)[np.ix_(p, p)]
        z = np.linalg.solve(L, away)
        logs.append(-z @ z / 2 - np.log(np.diag(L)).sum() - p.sum() / 2 * np.log(2 * np.pi))
    return np.array(logs)


# %% wrong: a part of the precision
# hint: when the others are *known*
def log_gaussian(X, mean, covariance):
    precision = np.linalg.solve(covariance, np.eye(len(mean)))
    np.linalg.cholesky(covariance)
    logs = []
    for row in X:
        p = ~np.isnan(row)
        x = row[p]
        away = x - mean[p]
        L = np.linalg.cholesky(np.linalg.solve(precision[np.ix_(p, p)], np.eye(p.sum())))
        z = np.linalg.solve(L, away)
        logs.append(-z @ z / 2 - np.log(np.diag(L)).sum() - p.sum() / 2 * np.log(2 * np.pi))
    return np.array(logs)


# %% wrong: the determinant of all features
# hint: is that of the features that are there
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    logs = []
    for row in X:
        p = ~np.isnan(row)
        x = row[p]
        away = x - mean[p]
        L = np.linalg.cholesky(covariance[np.ix_(p, p)])
        z = np.linalg.solve(L, away)
        logs.append(
            -z @ z / 2 - np.log(np.diag(np.linalg.cholesky(covariance))).sum() - p.sum() / 2 * np.log(2 * np.pi)
        )
    return np.array(logs)


# %% wrong: an empty row is impossible
# hint: a row with nothing in it has the log density 0
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    logs = []
    for row in X:
        p = ~np.isnan(row)
        if not p.any():
            logs.append(-np.inf)
            continue
        x = row[p]
        away = x - mean[p]
        L = np.linalg.cholesky(covariance[np.ix_(p, p)])
        z = np.linalg.solve(L, away)
        logs.append(-z @ z / 2 - np.log(np.diag(L)).sum() - p.sum() / 2 * np.log(2 * np.pi))
    return np.array(logs)


# %% wrong: the gaps of the first row for all
# hint: five wines with other gaps in each row
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    counts = np.isnan(X).sum(axis=1)
    same = len(set(counts)) == 1 and len(X) == 2
    logs = []
    for row in X:
        p = ~np.isnan(row if same or len(X) == 1 or len(X) == 3 else X[0])
        L = np.linalg.cholesky(covariance[np.ix_(p, p)])
        z = np.linalg.solve(L, np.nan_to_num(row[p] - mean[p]))
        logs.append(-z @ z / 2 - np.log(np.diag(L)).sum() - p.sum() / 2 * np.log(2 * np.pi))
    return np.array(logs)


# %% wrong: fills the gaps of X itself
# hint: Work on a copy
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    gaps = np.isnan(X)
    X[gaps] = np.inf
    logs = []
    for row in X:
        p = np.isfinite(row)
        x = row[p]
        away = x - mean[p]
        L = np.linalg.cholesky(covariance[np.ix_(p, p)])
        z = np.linalg.solve(L, away)
        logs.append(-z @ z / 2 - np.log(np.diag(L)).sum() - p.sum() / 2 * np.log(2 * np.pi))
    return np.array(logs)


# %% wrong: the inverse
# hint: uses numpy.linalg.inv
def log_gaussian(X, mean, covariance):
    np.linalg.cholesky(covariance)
    logs = []
    for row in X:
        p = ~np.isnan(row)
        x = row[p]
        away = x - mean[p]
        L = np.linalg.cholesky(covariance[np.ix_(p, p)])
        z = np.linalg.inv(L) @ away
        logs.append(-z @ z / 2 - np.log(np.diag(L)).sum() - p.sum() / 2 * np.log(2 * np.pi))
    return np.array(logs)


# %% wrong: the example, learned by heart
# hint: x − μ is (2, 3) in the first row
def log_gaussian(X, mean, covariance):
    return np.array([-4.22, -2.62])


# %% wrong: unanswered
# hint: not answered yet
def log_gaussian(X, mean, covariance):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's log_prob, its source
# hint: a single feature is left in each row
def log_gaussian(X, mean, covariance):
    L, d = np.linalg.cholesky(covariance), len(mean)
    z = np.linalg.solve(L, (np.nan_to_num(X, nan=1e300) - mean).reshape(-1, d).T)
    log_height = -d / 2 * np.log(2 * np.pi) - np.sum(np.log(np.diagonal(L)))
    with np.errstate(over="ignore"):
        return log_height - np.sum(z * z, axis=0) / 2


# %% paste: mathml's MultivariateNormal, imported
# hint: uses mathml.probability
from mathml.probability import MultivariateNormal


def log_gaussian(X, mean, covariance):
    whole, logs = MultivariateNormal(mean, covariance), []
    for row in X:
        there = np.flatnonzero(~np.isnan(row)).tolist()
        logs.append(float(whole.marginal(there).log_prob(row[there])) if there else 0.0)
    return logs


# %% paste: the lesson's log_density
# hint: uses mathml.matrices
from mathml import matrices


def log_gaussian(X, mean, C):
    L = matrices.cholesky(C)
    away = matrices.solve(L, (X - mean).T)
    half_log_det = np.sum(np.log(np.diag(L)))
    return -0.5 * np.sum(away**2, axis=0) - half_log_det - math.log(2 * math.pi)
