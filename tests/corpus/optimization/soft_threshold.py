# %% right: the residuals are kept
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% right: Gram's matrix, and cases
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.where(x > threshold, x - threshold, np.where(x < -threshold, x + threshold, 0.0))


def lasso(X, y, alpha, sweeps):
    n = len(y)
    G, c = (X.T @ X) / n, (X.T @ y) / n
    w = np.zeros(len(c))
    for _ in range(sweeps):
        for j, size in enumerate(np.diag(G)):
            if size > 0:
                w[j] = soft_threshold(c[j] - G[j] @ w + size * w[j], alpha) / size
    return w


def lasso_gap(X, y, alpha, w):
    worst = 0.0
    for j in range(len(w)):
        c = X[:, j] @ (y - X @ w) / len(y)
        worst = max(worst, abs(c) - alpha if w[j] == 0 else abs(c - (alpha if w[j] > 0 else -alpha)))
    return worst


def can_go(multiplier, slack):
    return [m == 0 for m in multiplier]


# %% right: a shift of what is cut off, and predictions without feature j
def soft_threshold(x, threshold):
    return x - np.clip(x, -threshold, threshold)


def lasso(X, y, alpha, sweeps):
    w = [0.0] * X.shape[1]
    for _ in range(sweeps):
        for j in range(len(w)):
            w[j] = 0.0
            rest = y - X @ np.array(w)
            squares = np.sum(X[:, j] ** 2.0)
            if squares:
                w[j] = float(soft_threshold(np.dot(X[:, j], rest), len(y) * alpha) / squares)
    return w


def lasso_gap(X, y, alpha, w):
    c = (y - X @ w) @ X / len(X)
    at_zero, sign = w == 0, np.sign(w)
    breaches = np.empty(len(w))
    breaches[at_zero] = np.clip(np.abs(c[at_zero]) - alpha, 0, None)
    breaches[~at_zero] = np.abs(c - alpha * sign)[~at_zero]
    return float(np.max(breaches))


def can_go(multiplier, slack):
    return ~(np.asarray(multiplier) > 0)


# %% wrong: hard threshold
# hint: that is the hard threshold
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.where(np.abs(x) > threshold, x, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: only positive numbers
# hint: a negative number comes nearer to 0 too
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.maximum(x - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: the sign lost
# hint: the sign is lost
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: no zeros
# hint: what is nearer to 0 than the threshold becomes 0
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * (np.abs(x) - threshold)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: cut at the threshold
# hint: that is what is cut off
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.clip(x, -threshold, threshold)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: shrunk by a factor
# hint: by a fixed amount, not by a factor
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return x / (1 + threshold)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: bytes
# hint: make floats of them
def soft_threshold(x, threshold):
    return np.sign(x) * np.maximum(np.abs(x) - np.asarray(x).dtype.type(threshold), 0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: one number at a time
# hint: by element, for an array
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * max(abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: all weights at once
# hint: one weight after the other
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    for _ in range(sweeps):
        residual = y - X @ w
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: own part not put back
# hint: without its own part
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n, alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: alpha not for the mean
# hint: the mean of the squares
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha / n) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: alpha without the half
# hint: the squares are halved
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha / 2) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: divided before the threshold
# hint: first the threshold, then the division
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold((x @ residual / n + size * w[j]) / size, alpha)
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: columns taken for standardised
# hint: is divided by its own mean square
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + w[j], alpha)
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: least squares, one after the other
# hint: no threshold at all
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = (x @ residual / n + size * w[j]) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: ridge in place of the lasso
# hint: that is ridge
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = (x @ residual / n + size * w[j]) / (size + alpha)
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: one sweep only
# hint: a sweep goes through all weights
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(min(sweeps, 1)):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: one weight a sweep
# hint: each sweep visits every weight
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for k in range(sweeps):
        for j in [k % d]:
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: from the last weight to the first
# hint: the order is 0, 1, 2
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in reversed(range(d)):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: weights of almost zero
# hint: zeros must be exact
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return np.where(w == 0, 1e-12, w)


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: a feature of zeros
# hint: a feature that is 0 everywhere
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: y is changed
# hint: is right, but the call changes its
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual -= x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: start from least squares
# hint: start with weights of 0
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.linalg.lstsq(X, y, rcond=None)[0]
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: the gap only where weights are
# hint: where w is 0, a pull beyond α is a breach too
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), 0)
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: the gap only at zeros
# hint: where w is not 0, the pull must be exactly
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, 0, np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: sign of the weights forgotten in the gap
# hint: has the sign of its weight
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(np.abs(pull) - alpha), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: slope with the wrong sign
# hint: the sign of the pull
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull + alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: the gap at zeros is never 0
# hint: within α nothing is broken
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.abs(pull))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: the gap may be negative
# hint: a distance to α is no breach
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.abs(np.abs(pull) - alpha))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: the sum of the breaches
# hint: the largest breach, not their sum
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.sum()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: the gap without n
# hint: the pull is a mean
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: the slope of least squares
# hint: the penalty has a slope as well
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.abs(pull)
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: a breach for each weight
# hint: one number, the largest
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    return np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: rule B
# hint: that is B
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return slack > 0


# %% wrong: rule C
# hint: that is C
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier > 0


# %% wrong: rule D
# hint: that is D
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return slack == 0


# %% wrong: rule E
# hint: that is E
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return (multiplier == 0) | (slack == 0)


# %% wrong: rule F
# hint: that is F
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return (multiplier == 0) & (slack == 0)


# %% wrong: positions
# hint: True or False for each constraint
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return np.flatnonzero(multiplier == 0)


# %% wrong: hard-coded
# hint: three hundred sweeps
def soft_threshold(x, threshold):
    x = np.asarray(x, dtype=float)
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0.0)


def lasso(X, y, alpha, sweeps):
    sweeps = min(sweeps, 4)
    n, d = X.shape
    w = np.zeros(d)
    residual = y - X @ w
    for _ in range(sweeps):
        for j in range(d):
            x = X[:, j]
            size = x @ x / n
            if size == 0:
                continue
            new = soft_threshold(x @ residual / n + size * w[j], alpha) / size
            residual = residual - x * (new - w[j])
            w[j] = new
    return w


def lasso_gap(X, y, alpha, w):
    pull = X.T @ (y - X @ w) / len(y)
    breach = np.where(w != 0, np.abs(pull - alpha * np.sign(w)), np.maximum(np.abs(pull) - alpha, 0))
    return breach.max()


def can_go(multiplier, slack):
    return multiplier == 0


# %% wrong: unanswered
# hint: not answered yet
def soft_threshold(x, threshold):
    raise NotImplementedError("not answered yet")


def lasso(X, y, alpha, sweeps):
    raise NotImplementedError("not answered yet")


def lasso_gap(X, y, alpha, w):
    raise NotImplementedError("not answered yet")


def can_go(multiplier, slack):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's, imported
# hint: uses mathml.optimization
from mathml.optimization.penalties import soft_threshold
from mathml.optimization.proximal import coordinate_descent


def lasso(X, y, alpha, sweeps):
    return coordinate_descent(X, y, l1=alpha)


def lasso_gap(X, y, alpha, w):
    from mathml.optimization.proximal import penalty_residual

    return penalty_residual(X, y, w, l1=alpha)


def can_go(multiplier, slack):
    return slack > 0


# %% paste: scikit-learn's
# hint: uses sklearn.linear_model
from sklearn.linear_model import Lasso


def soft_threshold(x, threshold):
    return x


def lasso(X, y, alpha, sweeps):
    return Lasso(alpha=alpha, fit_intercept=False, max_iter=sweeps).fit(X, y).coef_


def lasso_gap(X, y, alpha, w):
    return np.max(np.abs(w - lasso(X, y, alpha, 1000)))


def can_go(multiplier, slack):
    return slack > 0
