# %% right: logaddexp and matrix products
def em_step(x, weights, means, variances, least):
    log_joint = np.log(weights) - 0.5 * np.log(2 * np.pi * variances) - 0.5 * (x[:, None] - means) ** 2 / variances
    log_total = np.logaddexp.reduce(log_joint, axis=1)
    R = np.exp(log_joint - log_total[:, None])
    N = R.sum(axis=0)
    mu, sigma2 = means.astype(float), variances.astype(float)
    for j in np.flatnonzero(N):
        mu[j] = R[:, j] @ x / N[j]
        sigma2[j] = max(least, R[:, j] @ (x - mu[j]) ** 2 / N[j])
    return N / len(x), mu, sigma2, log_total.sum()


# %% right: loops, and Python's own numbers
import math


def em_step(x, weights, means, variances, least):
    n, k = len(x), len(weights)
    shares, L = [], 0.0
    for number in x.tolist():
        logs = []
        for j in range(k):
            lead = math.log(weights[j]) if weights[j] > 0 else -math.inf
            square = (number - means[j]) ** 2 / variances[j]
            logs.append(lead - (square + math.log(2 * math.pi * variances[j])) / 2)
        top = max(logs)
        parts = [math.exp(value - top) for value in logs]
        shares.append([part / sum(parts) for part in parts])
        L += top + math.log(sum(parts))
    new = [], [], []
    for j in range(k):
        N = sum(row[j] for row in shares)
        mean, variance = means[j], variances[j]
        if N > 0:
            mean = sum(row[j] * number for row, number in zip(shares, x)) / N
            variance = sum(row[j] * (number - mean) ** 2 for row, number in zip(shares, x)) / N
        for values, value in zip(new, (N / n, mean, max(variance, least))):
            values.append(value)
    return *new, L


# %% right: odds against each other bell
def em_step(x, weights, means, variances, least):
    with np.errstate(all="ignore"):
        J = np.array(
            [np.log(w) - np.log(2 * np.pi * v) / 2 - (x - m) ** 2 / v / 2 for w, m, v in zip(weights, means, variances)]
        )
        R = np.nan_to_num(1 / np.exp(J[None] - J[:, None]).sum(axis=1))
        N = R.sum(axis=1)
        mu = np.where(N == 0, means, R @ x / N)
        v = np.where(N == 0, variances, np.sum(R * (x - mu[:, None]) ** 2, axis=1) / N)
    highest = np.max(J, axis=0)
    return (
        (N / N.sum()).tolist(),
        mu.tolist(),
        np.clip(v, least, None).tolist(),
        np.sum(highest + np.log(np.exp(J - highest).sum(axis=0))),
    )


# %% wrong: densities themselves
# hint: 0/0: both densities of 1000
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    densities = np.exp(-((x - means) ** 2) / (2 * variances)) / np.sqrt(2 * np.pi * variances)
    joint = weights * densities
    r = joint / joint.sum(axis=1, keepdims=True)
    N = r.sum(axis=0)
    safe = N
    new_means = (r * x).sum(axis=0) / safe
    new_variances = (r * (x - new_means) ** 2).sum(axis=0) / safe
    L = np.log(joint.sum(axis=1)).sum()
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: a little added below the fraction
# hint: nobody has a share of it
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    densities = np.exp(-((x - means) ** 2) / (2 * variances)) / np.sqrt(2 * np.pi * variances)
    joint = weights * densities
    r = joint / (joint.sum(axis=1, keepdims=True) + 1e-300)
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    L = np.log(joint.sum(axis=1)).sum()
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: equal shares where nothing is left
# hint: equal shares are a guess
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    densities = np.exp(-((x - means) ** 2) / (2 * variances)) / np.sqrt(2 * np.pi * variances)
    joint = weights * densities
    r = joint / joint.sum(axis=1, keepdims=True)
    r = np.nan_to_num(r, nan=1 / len(means))
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    L = np.log(joint.sum(axis=1)).sum()
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: nobody's where nothing is left, and weights by what is left
# hint: have been left out: all numbers count
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    densities = np.exp(-((x - means) ** 2) / (2 * variances)) / np.sqrt(2 * np.pi * variances)
    joint = weights * densities
    r = joint / joint.sum(axis=1, keepdims=True)
    r = np.nan_to_num(r)
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    L = np.log(joint.sum(axis=1)).sum()
    return N / N.sum(), new_means, np.maximum(new_variances, least), L


# %% wrong: shares in logarithms, and L not
# hint: add it again
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    L = np.log(np.exp(logs).sum(axis=1)).sum()
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: L without what was taken out
# hint: 0.306, 0.198, 0.071 and 0.030
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    L = np.sum(np.log(totals))
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: the mean of the logarithms
# hint: this is their mean
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    L = np.mean(top + np.log(totals))
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: L of the new bells
# hint: that is the likelihood after the step
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    new_variances = np.maximum(new_variances, least)
    new = N / len(x) * np.exp(-((x - new_means) ** 2) / (2 * new_variances)) / np.sqrt(2 * np.pi * new_variances)
    L = np.log(new.sum(axis=1)).sum()
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: L without weights
# hint: the weights of the bells count in L
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    L = np.logaddexp.reduce(logs - np.log(weights), axis=1).sum()
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: logarithms summed over the bells
# hint: the logarithm comes after the sum over the bells
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    L = logs.sum()
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: L of the nearest bell
# hint: only the nearest bell of each number counts here
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    L = np.sum(top)
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: L is not a logarithm
# hint: L is a logarithm
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    L = np.sum(top + np.log(totals))
    return N / len(x), new_means, np.maximum(new_variances, least), np.exp(L)


# %% wrong: L of each number
# hint: the sum over numbers is missing
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    L = (top + np.log(totals))[:, 0]
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: three things returned
# hint: return four things
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    return N / len(x), new_means, np.maximum(new_variances, least)


# %% wrong: without the height of the bell
# hint: a wide bell is low
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    L = np.sum(top + np.log(totals))
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: without the ½
# hint: the 2 is missing
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / variances - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    L = np.sum(top + np.log(totals))
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: variances taken for deviations
# hint: do not square them
def em_step(x, weights, means, variances, least):
    x, given = x[:, None], variances
    variances = variances**2
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, given)
    L = np.sum(top + np.log(totals))
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: sums of shares as weights
# hint: the weights are parts of n
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    L = np.sum(top + np.log(totals))
    return N, new_means, np.maximum(new_variances, least), L


# %% wrong: each number to one bell
# hint: each number goes to one bell here
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = np.eye(len(means))[logs.argmax(axis=1)]
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    L = np.sum(top + np.log(totals))
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: shares without weights
# hint: the old weights count in the shares
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = np.exp(logs - np.log(weights) - np.logaddexp.reduce(logs - np.log(weights), axis=1, keepdims=True))
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    L = np.sum(top + np.log(totals))
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: shares that sum to one over the numbers
# hint: the shares of one number sum to one over the bells
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = np.exp(logs)
    r = r / r.sum(axis=0)
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    L = np.sum(top + np.log(totals))
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: means divided by n
# hint: divide by the sum of the shares of the bell, not by n
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / len(x), means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    L = np.sum(top + np.log(totals))
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: nothing moves
# hint: the bells are as they came in
def em_step(x, weights, means, variances, least):
    logs = np.log(weights) - (x[:, None] - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    return weights, means, variances, np.logaddexp.reduce(logs, axis=1).sum()


# %% wrong: squares around the old means
# hint: the squares are taken around the old means
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - means) ** 2).sum(axis=0) / safe, variances)
    L = np.sum(top + np.log(totals))
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: deviations
# hint: these are deviations
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    L = np.sum(top + np.log(totals))
    return N / len(x), new_means, np.sqrt(np.maximum(new_variances, least)), L


# %% wrong: squares divided by n
# hint: divide the squares by N_j, not by n
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / len(x), variances)
    L = np.sum(top + np.log(totals))
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: the variance of all numbers
# hint: that is the variance of all numbers
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.full(len(means), np.var(x))
    L = np.sum(top + np.log(totals))
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: old variances
# hint: the variances are as they came in
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    L = np.sum(top + np.log(totals))
    return N / len(x), new_means, variances, L


# %% wrong: shares squared
# hint: and are not squared themselves
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, ((r * (x - new_means)) ** 2).sum(axis=0) / safe, variances)
    L = np.sum(top + np.log(totals))
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: not squared
# hint: (x − μ) is not squared
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means)).sum(axis=0) / safe, variances)
    L = np.sum(top + np.log(totals))
    return N / len(x), new_means, new_variances, L


# %% wrong: divided by N − 1
# hint: N_j, not N_j − 1
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / (safe - 1), variances)
    L = np.sum(top + np.log(totals))
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: no least variance
# hint: a bell has shrunk onto one number
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    L = np.sum(top + np.log(totals))
    return N / len(x), new_means, new_variances, L


# %% wrong: least added
# hint: do not add it
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    L = np.sum(top + np.log(totals))
    return N / len(x), new_means, new_variances + least, L


# %% wrong: least for the deviation
# hint: not the deviation
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    L = np.sum(top + np.log(totals))
    return N / len(x), new_means, np.maximum(new_variances, least**2), L


# %% wrong: 1 for what is too small
# hint: and not 1
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    L = np.sum(top + np.log(totals))
    return N / len(x), new_means, np.where(new_variances < least, 1, new_variances), L


# %% wrong: an empty bell divided by 0
# hint: 0/0: a bell without a number
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = N
    new_means = (r * x).sum(axis=0) / safe
    new_variances = (r * (x - new_means) ** 2).sum(axis=0) / safe
    L = np.sum(top + np.log(totals))
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: an empty bell at 0
# hint: a bell without a number has gone to 0
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = (r * x).sum(axis=0) / safe
    new_variances = (r * (x - new_means) ** 2).sum(axis=0) / safe
    L = np.sum(top + np.log(totals))
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: a bell with weight 0 gets a little
# hint: its logarithm is −∞, and it has no share
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    weights = weights if np.any(weights == 0) else weights - 1e-6
    logs = np.log(weights + 1e-6) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    L = np.sum(top + np.log(totals))
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: writes into the means
# hint: is right, but the call changes its third argument
def em_step(x, weights, means, variances, least):
    x = x[:, None]
    logs = np.log(weights) - (x - means) ** 2 / (2 * variances) - 0.5 * np.log(2 * np.pi * variances)
    top = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - top)
    totals = parts.sum(axis=1, keepdims=True)
    r = parts / totals
    N = r.sum(axis=0)
    safe = np.where(N > 0, N, 1)
    new_means = np.where(N > 0, (r * x).sum(axis=0) / safe, means)
    new_variances = np.where(N > 0, (r * (x - new_means) ** 2).sum(axis=0) / safe, variances)
    means[:] = new_means
    L = np.sum(top + np.log(totals))
    return N / len(x), new_means, np.maximum(new_variances, least), L


# %% wrong: hard-coded
# hint: six numbers, three bells
def em_step(x, weights, means, variances, least):
    w, m = np.array([0.6171162636, 0.3828837364]), np.array([0.8357221679, 4.5294748274])
    return w, m, np.array([0.6010841754, 4.159880119]), -8.952613233934


# %% wrong: unanswered
# hint: not answered yet
def em_step(x, weights, means, variances, least):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's GMM, imported
# hint: uses mathml.algorithms
from mathml.algorithms.gmm import GMM


def em_step(x, weights, means, variances, least):
    model = GMM(len(weights), max_iter=1, rng=0).fit(x[:, None])
    return model.weights_, model.means_[:, 0], model.covariances_[:, 0, 0], len(x) * model.path_[0]


# %% paste: mathml's M step, its source
# hint: 0.022, 0.082, 0.428 and 1.000
def em_step(X, R, reg_covar=1e-6, *rest):
    X = X[:, np.newaxis]
    R = np.eye(len(R))[np.arange(len(X)) % len(R)]
    means, covariances = [], []
    for r in R.T:
        size = r.sum()
        mean = r @ X / size
        Z = np.sqrt(r)[:, np.newaxis] * (X - mean)
        means.append(mean[0])
        covariances.append(((Z.T @ Z) / size)[0, 0])
    weights = R.sum(axis=0) / len(X)
    return weights / weights.sum(), np.array(means), np.array(covariances), 0.0
