# %% right: more examples, whose truth is 0
def ridge(X, y, alpha):
    mean_x, mean_y = X.mean(axis=0), y.mean()
    A = np.vstack([X - mean_x, np.sqrt(alpha) * np.eye(X.shape[1])])
    b = np.concatenate([y - mean_y, np.zeros(X.shape[1])])
    w = np.linalg.lstsq(A, b, rcond=None)[0]
    return w, mean_y - mean_x @ w


# %% right: the normal equations of the centred table
def ridge(X, y, alpha):
    mean_x, mean_y = X.mean(axis=0), y.mean()
    Z = X - mean_x
    w = np.linalg.pinv(Z.T @ Z + alpha * np.eye(X.shape[1])) @ Z.T @ (y - mean_y)
    return w, mean_y - mean_x @ w


# %% right: the singular values
def ridge(X, y, alpha):
    centre, level = np.mean(X, axis=0), np.mean(y)
    U, s, Vt = np.linalg.svd(X - centre, full_matrices=False)
    kept = s > 1e-12 * max(s.max(), 1e-300)
    factor = np.zeros(len(s))
    factor[kept] = s[kept] / (s[kept] ** 2 + alpha)
    weights = Vt.T @ (factor * (U.T @ (y - level)))
    return weights, level - centre @ weights


# %% right: from the side of the examples, with least squares for alpha = 0
def ridge(X, y, alpha):
    n, d = X.shape
    Z, t = X - X.sum(axis=0) / n, y - y.sum() / n
    if alpha == 0:
        w = np.linalg.pinv(Z) @ t
    elif d > n:
        w = Z.T @ np.linalg.solve(Z @ Z.T + alpha * np.eye(n), t)
    else:
        w = np.linalg.solve(Z.T @ Z + alpha * np.eye(d), Z.T @ t)
    return w.tolist(), float(np.mean(y - X @ w))


# %% wrong: the intercept is penalised
# hint: the intercept is not penalised
def ridge(X, y, alpha):
    n, d = X.shape
    A = np.column_stack([X, np.ones(n)])
    w = np.linalg.pinv(A.T @ A + alpha * np.eye(d + 1)) @ A.T @ y
    return w[:d], w[d]


# %% wrong: without an intercept
# hint: without an intercept the plane goes through the origin
def ridge(X, y, alpha):
    A = np.vstack([X, np.sqrt(alpha) * np.eye(X.shape[1])])
    b = np.concatenate([y, np.zeros(X.shape[1])])
    w = np.linalg.lstsq(A, b, rcond=None)[0]
    return w, 0.0


# %% wrong: only y is centred
# hint: X must be centred as well
def ridge(X, y, alpha):
    mean_x, mean_y = X.mean(axis=0), y.mean()
    A = np.vstack([X, np.sqrt(alpha) * np.eye(X.shape[1])])
    b = np.concatenate([y - mean_y, np.zeros(X.shape[1])])
    w = np.linalg.lstsq(A, b, rcond=None)[0]
    return w, mean_y - mean_x @ w


# %% wrong: intercept is the mean of y
# hint: what the features' means give has to come off
def ridge(X, y, alpha):
    mean_x, mean_y = X.mean(axis=0), y.mean()
    A = np.vstack([X - mean_x, np.sqrt(alpha) * np.eye(X.shape[1])])
    b = np.concatenate([y - mean_y, np.zeros(X.shape[1])])
    w = np.linalg.lstsq(A, b, rcond=None)[0]
    return w, mean_y


# %% wrong: intercept with the other sign
# hint: minus what the means of the features give
def ridge(X, y, alpha):
    mean_x, mean_y = X.mean(axis=0), y.mean()
    A = np.vstack([X - mean_x, np.sqrt(alpha) * np.eye(X.shape[1])])
    b = np.concatenate([y - mean_y, np.zeros(X.shape[1])])
    w = np.linalg.lstsq(A, b, rcond=None)[0]
    return w, mean_y + mean_x @ w


# %% wrong: alpha without its root
# hint: √α, since the penalty is squared
def ridge(X, y, alpha):
    mean_x, mean_y = X.mean(axis=0), y.mean()
    A = np.vstack([X - mean_x, alpha * np.eye(X.shape[1])])
    b = np.concatenate([y - mean_y, np.zeros(X.shape[1])])
    w = np.linalg.lstsq(A, b, rcond=None)[0]
    return w, mean_y - mean_x @ w


# %% wrong: mean of the squares
# hint: the sum of the squares, not their mean
def ridge(X, y, alpha):
    mean_x, mean_y = X.mean(axis=0), y.mean()
    A = np.vstack([X - mean_x, np.sqrt(alpha * len(X)) * np.eye(X.shape[1])])
    b = np.concatenate([y - mean_y, np.zeros(X.shape[1])])
    w = np.linalg.lstsq(A, b, rcond=None)[0]
    return w, mean_y - mean_x @ w


# %% wrong: half of the penalty
# hint: the squares and the penalty are counted alike
def ridge(X, y, alpha):
    mean_x, mean_y = X.mean(axis=0), y.mean()
    A = np.vstack([X - mean_x, np.sqrt(alpha / 2) * np.eye(X.shape[1])])
    b = np.concatenate([y - mean_y, np.zeros(X.shape[1])])
    w = np.linalg.lstsq(A, b, rcond=None)[0]
    return w, mean_y - mean_x @ w


# %% wrong: double penalty
# hint: α, not 2α
def ridge(X, y, alpha):
    mean_x, mean_y = X.mean(axis=0), y.mean()
    Z = X - mean_x
    w = np.linalg.pinv(Z.T @ Z + 2 * alpha * np.eye(X.shape[1])) @ Z.T @ (y - mean_y)
    return w, mean_y - mean_x @ w


# %% wrong: no penalty at all
# hint: that is least squares
def ridge(X, y, alpha):
    mean_x, mean_y = X.mean(axis=0), y.mean()
    A = np.vstack([X - mean_x, 0 * alpha * np.eye(X.shape[1])])
    b = np.concatenate([y - mean_y, np.zeros(X.shape[1])])
    w = np.linalg.lstsq(A, b, rcond=None)[0]
    return w, mean_y - mean_x @ w


# %% wrong: penalty on every entry
# hint: on the diagonal only
def ridge(X, y, alpha):
    mean_x, mean_y = X.mean(axis=0), y.mean()
    Z = X - mean_x
    w = np.linalg.pinv(Z.T @ Z + alpha) @ Z.T @ (y - mean_y)
    return w, mean_y - mean_x @ w


# %% wrong: minus alpha
# hint: the penalty is added
def ridge(X, y, alpha):
    mean_x, mean_y = X.mean(axis=0), y.mean()
    Z = X - mean_x
    w = np.linalg.pinv(Z.T @ Z - alpha * np.eye(X.shape[1])) @ Z.T @ (y - mean_y)
    return w, mean_y - mean_x @ w


# %% wrong: features standardised
# hint: each feature keeps its own unit
def ridge(X, y, alpha):
    mean_x, mean_y = X.mean(axis=0), y.mean()
    mean_x, spread = X.mean(axis=0), np.maximum(X.std(axis=0), 1e-300)
    A = np.vstack([(X - mean_x) / spread, np.sqrt(alpha) * np.eye(X.shape[1])])
    b = np.concatenate([y - mean_y, np.zeros(X.shape[1])])
    w = np.linalg.lstsq(A, b, rcond=None)[0] / spread
    return w, mean_y - mean_x @ w


# %% wrong: one mean for the whole table
# hint: each feature has a mean of its own
def ridge(X, y, alpha):
    mean_x, mean_y = np.full(X.shape[1], X.mean()), y.mean()
    A = np.vstack([X - mean_x, np.sqrt(alpha) * np.eye(X.shape[1])])
    b = np.concatenate([y - mean_y, np.zeros(X.shape[1])])
    w = np.linalg.lstsq(A, b, rcond=None)[0]
    return w, mean_y - mean_x @ w


# %% wrong: means of the rows
# hint: one mean for each feature, not for each example
def ridge(X, y, alpha):
    mean_x, mean_y = X.mean(axis=1)[0] * np.ones(X.shape[1]), y.mean()
    A = np.vstack([X - mean_x, np.sqrt(alpha) * np.eye(X.shape[1])])
    b = np.concatenate([y - mean_y, np.zeros(X.shape[1])])
    w = np.linalg.lstsq(A, b, rcond=None)[0]
    return w, mean_y - mean_x @ w


# %% wrong: shrunk after least squares
# hint: shrinks all weights alike
def ridge(X, y, alpha):
    mean_x, mean_y = X.mean(axis=0), y.mean()
    A = np.vstack([X - mean_x, 0 * alpha * np.eye(X.shape[1])])
    b = np.concatenate([y - mean_y, np.zeros(X.shape[1])])
    w = np.linalg.lstsq(A, b, rcond=None)[0] / (1 + alpha)
    return w, mean_y - mean_x @ w


# %% wrong: a lasso's shrinking
# hint: an L1 penalty
def ridge(X, y, alpha):
    mean_x, mean_y = X.mean(axis=0), y.mean()
    A = np.vstack([X - mean_x, 0 * alpha * np.eye(X.shape[1])])
    b = np.concatenate([y - mean_y, np.zeros(X.shape[1])])
    w = np.linalg.lstsq(A, b, rcond=None)[0]
    w = np.sign(w) * np.maximum(np.abs(w) - alpha / 2 / ((X - mean_x) ** 2).sum(axis=0).clip(1e-12), 0)
    return w, mean_y - mean_x @ w


# %% wrong: intercept first
# hint: the weights come first
def ridge(X, y, alpha):
    mean_x, mean_y = X.mean(axis=0), y.mean()
    A = np.vstack([X - mean_x, np.sqrt(alpha) * np.eye(X.shape[1])])
    b = np.concatenate([y - mean_y, np.zeros(X.shape[1])])
    w = np.linalg.lstsq(A, b, rcond=None)[0]
    return mean_y - mean_x @ w, w


# %% wrong: the intercept among the weights
# hint: one weight for each feature
def ridge(X, y, alpha):
    mean_x, mean_y = X.mean(axis=0), y.mean()
    A = np.vstack([X - mean_x, np.sqrt(alpha) * np.eye(X.shape[1])])
    b = np.concatenate([y - mean_y, np.zeros(X.shape[1])])
    w = np.linalg.lstsq(A, b, rcond=None)[0]
    return np.append(w, mean_y - mean_x @ w), mean_y - mean_x @ w


# %% wrong: predictions in place of the intercept
# hint: one number
def ridge(X, y, alpha):
    mean_x, mean_y = X.mean(axis=0), y.mean()
    A = np.vstack([X - mean_x, np.sqrt(alpha) * np.eye(X.shape[1])])
    b = np.concatenate([y - mean_y, np.zeros(X.shape[1])])
    w = np.linalg.lstsq(A, b, rcond=None)[0]
    return w, X @ w


# %% wrong: inverse of a singular table
# hint: with α = 0 this table has no inverse
def ridge(X, y, alpha):
    mean_x, mean_y = X.mean(axis=0), y.mean()
    Z = X - mean_x
    w = np.linalg.inv(Z.T @ Z + alpha * np.eye(X.shape[1])) @ Z.T @ (y - mean_y)
    return w, mean_y - mean_x @ w


# %% wrong: only tall tables
# hint: six features of three examples
def ridge(X, y, alpha):
    mean_x, mean_y = X.mean(axis=0), y.mean()
    if X.shape[1] > X.shape[0]:
        return np.zeros(X.shape[1]), mean_y
    Z = X - mean_x
    w = np.linalg.pinv(Z.T @ Z + alpha * np.eye(X.shape[1])) @ Z.T @ (y - mean_y)
    return w, mean_y - mean_x @ w


# %% wrong: alpha is never quite 0
# hint: α = 0 is least squares, exactly
def ridge(X, y, alpha):
    mean_x, mean_y = X.mean(axis=0), y.mean()
    A = np.vstack([X - mean_x, np.sqrt(alpha or 1e-3) * np.eye(X.shape[1])])
    b = np.concatenate([y - mean_y, np.zeros(X.shape[1])])
    w = np.linalg.lstsq(A, b, rcond=None)[0]
    return w, mean_y - mean_x @ w


# %% wrong: centred after a square
# hint: moved by a million
def ridge(X, y, alpha):
    n, d = X.shape
    A = np.column_stack([X, np.ones(n)])
    penalty = alpha * np.eye(d + 1)
    penalty[d, d] = 0.0
    w = np.linalg.pinv(A.T @ A + penalty) @ A.T @ y
    return w[:d], w[d]


# %% wrong: X is centred in place
# hint: X and y must be as before
def ridge(X, y, alpha):
    mean_x, mean_y = X.mean(axis=0), y.mean()
    if X.dtype == float:
        X -= mean_x
    else:
        X = X - mean_x
    A = np.vstack([X, np.sqrt(alpha) * np.eye(X.shape[1])])
    b = np.concatenate([y - mean_y, np.zeros(X.shape[1])])
    w = np.linalg.lstsq(A, b, rcond=None)[0]
    return w, mean_y - mean_x @ w


# %% wrong: whole numbers centred in place
# hint: whole numbers cannot be centred in place
def ridge(X, y, alpha):
    mean_x, mean_y = X.mean(axis=0), y.mean()
    mean_x = mean_x.astype(X.dtype)
    A = np.vstack([X - mean_x, np.sqrt(alpha) * np.eye(X.shape[1])])
    b = np.concatenate([y - mean_y, np.zeros(X.shape[1])])
    w = np.linalg.lstsq(A, b, rcond=None)[0]
    return w, mean_y - mean_x @ w


# %% wrong: hard-coded
# hint: 442 patients
def ridge(X, y, alpha):
    if len(X) < 100:
        Z, t = X - X.mean(axis=0), y - y.mean()
        w = np.linalg.pinv(np.vstack([Z, np.sqrt(alpha) * np.eye(len(X[0]))])) @ np.append(t, np.zeros(len(X[0])))
        return w, y.mean() - X.mean(axis=0) @ w
    return np.array([-10.0, -240.0, 520.0, 320.0, -790.0, 470.0, 100.0, 170.0, 750.0, 60.0]), 152.13


# %% wrong: unanswered
# hint: not answered yet
def ridge(X, y, alpha):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's Ridge, imported
# hint: uses mathml.algorithms
from mathml.algorithms.ridge import Ridge


def ridge(X, y, alpha):
    model = Ridge(alpha).fit(X, y)
    return model.coef_, model.intercept_


# %% paste: scikit-learn's
# hint: uses sklearn.linear_model
def ridge(X, y, alpha):
    from sklearn.linear_model import Ridge

    model = Ridge(alpha=alpha).fit(X, y)
    return model.coef_, model.intercept_


# %% paste: a class with fit, as in a library
# hint: positional argument
class Ridge:
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def fit(self, X, y):
        Z = X - X.mean(axis=0)
        self.coef_ = np.linalg.solve(Z.T @ Z + self.alpha * np.eye(X.shape[1]), Z.T @ (y - y.mean()))
        self.intercept_ = y.mean() - X.mean(axis=0) @ self.coef_
        return self


ridge = Ridge
