# %% right: step by step
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% right: the intercept as one more weight, without a penalty
def largest_penalty(X, y):
    centred = y - y.sum() / len(y)
    return max(abs(float(column @ centred)) for column in X.T) / len(y)


def sigmoid(z):
    return (1 + np.tanh(z / 2)) / 2


def regularisation_path(X, y, alphas, steps):
    A = np.insert(np.asarray(X, dtype=float), X.shape[1], 1.0, axis=1)
    n = len(A)
    rate = 4 * n / np.linalg.eigvalsh(A.T @ A)[-1]
    w = np.zeros(A.shape[1])
    w[-1] = -np.log(1 / y.mean() - 1)
    path = np.zeros((len(alphas), len(w)))
    for k, alpha in enumerate(alphas):
        penalty = np.full(len(w), rate * alpha)
        penalty[-1] = 0
        for _ in range(steps):
            w = w - rate * (sigmoid(A @ w) - y) @ A / n
            w = w - np.clip(w, -penalty, penalty)
        path[k] = w
    return path[:, :-1], path[:, -1]


def examine(X, y, train, valid, test, ratios, steps, worse):
    known = X[train].astype(float)
    spread = known.std(axis=0)
    spread[spread == 0] = 1

    def ready(rows):
        return (X[rows] - known.mean(axis=0)) / spread

    alphas = [ratio * largest_penalty(ready(train), y[train]) for ratio in ratios]
    W, b = regularisation_path(ready(train), y[train], alphas, steps)
    scores = ready(valid) @ W.T + b
    surprise = np.logaddexp(0, np.where(y[valid] == 1, -1, 1)[:, None] * scores).mean(axis=0)
    best = int(np.argmax(surprise <= surprise.min() + worse))
    diagnosis = ready(test) @ W[best] + b[best] >= 0
    return alphas[best], np.nonzero(W[best])[0], (diagnosis == (y[test] == 1)).mean()


# %% right: each penalty from what the one before it left, in plain numbers
def largest_penalty(X, y):
    n = len(X)
    return float(np.abs((X * (y - y.mean())[:, None]).sum(axis=0) / n).max())


def one_more(X, y, w, b, alpha, rate):
    probability = np.exp(-np.logaddexp(0, -(X @ w + b)))
    slope = X.T @ (probability - y) / len(y)
    new = [0.0 if abs(v) <= rate * alpha else v - rate * alpha * (1 if v > 0 else -1) for v in w - rate * slope]
    return np.array(new), b - rate * float((probability - y).mean())


def regularisation_path(X, y, alphas, steps):
    ones = np.ones((len(y), 1))
    s = np.linalg.svd(np.hstack([ones, X]), compute_uv=False)[0]
    ones_part = y.mean()
    state = np.zeros(X.shape[1]), np.log(ones_part) - np.log(1 - ones_part)
    states = []
    for alpha in alphas:
        for _ in range(steps):
            state = one_more(X, y, *state, alpha, 4 * len(y) / s**2)
        states.append(state)
    return [w.tolist() for w, _ in states], [b for _, b in states]


def examine(X, y, train, valid, test, ratios, steps, worse):
    centre, spread = np.mean(X[train], axis=0), np.std(X[train], axis=0)
    parts = [(X[rows] - centre) / (spread + (spread == 0)) for rows in (train, valid, test)]
    strongest = largest_penalty(parts[0], y[train])
    W, B = regularisation_path(parts[0], y[train], strongest * np.asarray(ratios), steps)
    losses = []
    for k in range(len(ratios)):
        score = parts[1] @ np.array(W[k]) + B[k]
        losses.append(np.mean(np.logaddexp(0, score)) - np.mean(score[y[valid] == 1]) * np.mean(y[valid]))
    best = next(k for k, loss in enumerate(losses) if loss <= min(losses) + worse)
    called = np.where(parts[2] @ np.array(W[best]) + B[best] > 0, 1, 0)
    kept = [j for j, v in enumerate(W[best]) if v]
    return strongest * ratios[best], kept, float(np.mean(called == y[test]))


# %% wrong: y is not centred
# hint: the intercept answers with the mean of y
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ y)) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: a sum for the mean
# hint: the loss is a mean
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y))))


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: only positive pulls
# hint: a feature may pull to the other side
def largest_penalty(X, y):
    return np.max(X.T @ (y - np.mean(y))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: the smallest pull
# hint: the last weight to leave
def largest_penalty(X, y):
    return np.min(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: a half for every 0 and 1
# hint: a half is the mean of y only where
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - 0.5))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: a penalty for each feature
# hint: one number, for all features
def largest_penalty(X, y):
    return np.abs(X.T @ (y - np.mean(y))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: cold starts
# hint: begins where the one before it ended
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: the intercept from 0
# hint: the first intercept is log
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), 0.0
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: the intercept is penalised
# hint: the intercept is not penalised
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
            b = np.sign(b) * max(abs(b) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: the slopes of the sum
# hint: divide the slopes by n
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error)
            b = b - rate * np.sum(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: the threshold without the rate
# hint: the threshold is ηα
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: the threshold before the step
# hint: first the step, then the threshold
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: the slope of |w| in place of the threshold
# hint: that is a subgradient step
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = w - rate * alpha * np.sign(w)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: ridge's shrinking
# hint: shrinks by a factor, as ridge does
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = w / (1 + rate * alpha)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: no penalty
# hint: this is the step without any penalty
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for _ in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: the rate without the ones
# hint: the column of ones
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(X, 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: the rate without the 4
# hint: the 4 is missing
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: the singular value not squared
# hint: σ² stands below
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2)
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: Frobenius in place of the largest singular value
# hint: the largest singular value, not
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)])) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: the intercept after the weights
# hint: both are moved by the same residuals
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(1 / (1 + np.exp(-(X @ w + b))) - y)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: uphill
# hint: the residuals are p − y
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            error = -error
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: without the sigmoid
# hint: the sigmoid is missing
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = X @ w + b - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: all steps shared out
# hint: so many steps for each penalty
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps // len(alphas)):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: features in rows
# hint: a row for each penalty
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights).T, np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: one array for all penalties
# hint: all rows are one array
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w -= rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w[:] = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: standardised with all rows
# hint: of the training rows only
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X.mean(axis=0), X.std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: each part standardised by itself
# hint: the others are measured with the same
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        mine = X[valid]
        score = (mine - mine.mean(axis=0)) / np.maximum(mine.std(axis=0), 1e-12) @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    mine = X[test]
    mine = (mine - mine.mean(axis=0)) / np.maximum(mine.std(axis=0), 1e-12)
    right = (mine @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: not standardised
# hint: in units of their own
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    Z = X * 1.0
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: deviation with n minus 1
# hint: divide by n, not by n − 1
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0, ddof=1)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: 0/0 for a feature that never varies
# hint: a feature that never varies among the training rows
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / spread
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: ratios as penalties
# hint: the ratios are parts of the largest penalty
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: the largest penalty of all rows
# hint: the largest penalty belongs to the training rows
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z, y) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: fitted to all rows
# hint: only the training rows are fitted
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z, y, alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: chosen by the test
# hint: the test rows choose nothing
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[test] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[test] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: chosen by the training rows
# hint: the training rows always prefer
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[train] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[train] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: chosen by accuracy
# hint: by the cross-entropy, not by the accuracy
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean((score > 0) != y[valid]))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: the worst penalty
# hint: the least cross-entropy, not the largest
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.argmax(losses)
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: the smallest cross-entropy alone
# hint: a little worse is allowed
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.argmin(losses)
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: the weakest that is good enough
# hint: the strongest of them, which is the first
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[-1]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: worse than the first
# hint: compare with the smallest cross-entropy
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= losses[0] - worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: so many times worse
# hint: added, not multiplied
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) * (1 + worse))[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: accuracy on the validation rows
# hint: those that chose it
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[valid] @ weights[k] + intercepts[k] > 0) == y[valid]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: the intercept left out of the diagnosis
# hint: the intercept is a part of the score
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: a score of a half
# hint: a score above 0 is a probability above ½
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0.5) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: the part that is wrong
# hint: the part that is right
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), 1 - np.mean(right)


# %% wrong: how many features
# hint: which features, not how many
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.sum(weights[k] != 0), np.mean(right)


# %% wrong: the ratio in place of the penalty
# hint: the penalty itself, not its ratio
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return ratios[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: X is standardised in place
# hint: X and y must be as before
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    X -= mean
    X /= np.where(spread == 0, 1, spread)
    Z = X
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: hard-coded
# hint: other patients, in other parts
def largest_penalty(X, y):
    return np.max(np.abs(X.T @ (y - np.mean(y)))) / len(y)


def regularisation_path(X, y, alphas, steps):
    n, d = X.shape
    rate = 4 * n / np.linalg.norm(np.column_stack([X, np.ones(n)]), 2) ** 2
    w, b = np.zeros(d), np.log(np.mean(y) / (1 - np.mean(y)))
    weights, intercepts = [], []
    for alpha in alphas:
        for _ in range(steps):
            error = 1 / (1 + np.exp(-(X @ w + b))) - y
            w = w - rate * (X.T @ error) / n
            b = b - rate * np.mean(error)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * alpha, 0)
        weights.append(w)
        intercepts.append(b)
    return np.array(weights), np.array(intercepts)


def examine(X, y, train, valid, test, ratios, steps, worse):
    valid = valid if len(X) < 569 else train
    mean, spread = X[train].mean(axis=0), X[train].std(axis=0)
    Z = (X - mean) / np.where(spread == 0, 1, spread)
    alphas = largest_penalty(Z[train], y[train]) * np.array(ratios)
    weights, intercepts = regularisation_path(Z[train], y[train], alphas, steps)
    losses = []
    for w, b in zip(weights, intercepts):
        score = Z[valid] @ w + b
        losses.append(np.mean(np.logaddexp(0, score) - y[valid] * score))
    k = np.flatnonzero(np.array(losses) <= min(losses) + worse)[0]
    right = (Z[test] @ weights[k] + intercepts[k] > 0) == y[test]
    return alphas[k], np.flatnonzero(weights[k]), np.mean(right)


# %% wrong: unanswered
# hint: not answered yet
def largest_penalty(X, y):
    raise NotImplementedError("not answered yet")


def regularisation_path(X, y, alphas, steps):
    raise NotImplementedError("not answered yet")


def examine(X, y, train, valid, test, ratios, steps, worse):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's logistic regression, imported
# hint: uses mathml.algorithms
from mathml.algorithms.logistic_regression import LogisticRegression


def largest_penalty(X, y):
    return np.max(np.abs(X.T @ y)) / len(y)


def regularisation_path(X, y, alphas, steps):
    models = [LogisticRegression(penalty="l1", C=1 / (len(y) * alpha)).fit(X, y) for alpha in alphas]
    return np.array([m.coef_ for m in models]), np.array([m.intercept_ for m in models])


def examine(X, y, train, valid, test, ratios, steps, worse):
    weights, _ = regularisation_path(X[train], y[train], ratios, steps)
    return ratios[0], weights[0], 0.95


# %% paste: scikit-learn's
# hint: uses sklearn.linear_model
from sklearn.linear_model import LogisticRegression


def largest_penalty(X, y):
    return np.max(np.abs(X.T @ y)) / len(y)


def regularisation_path(X, y, alphas, steps):
    model = LogisticRegression(penalty="l1", solver="saga", warm_start=True, max_iter=steps)
    fits = [model.set_params(C=1 / (len(y) * alpha)).fit(X, y).coef_[0].copy() for alpha in alphas]
    return np.array(fits), np.zeros(len(alphas))


def examine(X, y, train, valid, test, ratios, steps, worse):
    weights, _ = regularisation_path(X[train], y[train], ratios, steps)
    return ratios[0], np.flatnonzero(weights[0]), 0.95
