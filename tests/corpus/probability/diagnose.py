# %% right: class by class, and counts of how often each patient was drawn
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    rng = np.random.default_rng(seed)
    members = patient[:, None] == np.unique(patient)
    counts = rng.multinomial(members.shape[1], np.ones(members.shape[1]) / members.shape[1], size=draws)
    of_rows = counts @ members.T
    return np.percentile(of_rows @ right / of_rows.sum(axis=1), [2.5, 97.5])


# %% right: one query at a time, and draws in a loop
import math


def diagnose(X, y, queries, prior, worth):
    labels = sorted(set(y.tolist()))
    classes = []
    for label in labels:
        group = X[y == label]
        n = len(group)
        mean = sum(group) / n
        squares = sum((row - mean) ** 2 for row in group)
        classes.append((mean, (squares + worth * np.std(X, axis=0) ** 2) / (n + worth)))
    table = []
    for query in queries:
        logs = []
        for share, (mean, variance) in zip(prior, classes):
            terms = (query - mean) ** 2 / variance + np.log(variance) + math.log(2 * math.pi)
            logs.append(math.log(share) - sum(terms) / 2)
        top = max(logs)
        total = top + math.log(sum(math.exp(value - top) for value in logs))
        table.append([value - total for value in logs])
    return table


def accuracy_interval(right, patient, draws, seed):
    rng = np.random.default_rng(seed)
    of_patient = {}
    for hit, name in zip(right.tolist(), patient.tolist()):
        of_patient.setdefault(name, []).append(hit)
    pairs = [(sum(hits), len(hits)) for hits in of_patient.values()]
    accuracies = []
    for _ in range(draws):
        drawn = [pairs[i] for i in rng.integers(0, len(pairs), len(pairs)).tolist()]
        accuracies.append(sum(hit for hit, _ in drawn) / sum(size for _, size in drawn))
    accuracies.sort()
    return accuracies[int(0.025 * draws)], accuracies[int(0.975 * draws)]


# %% right: all classes at once, and rows gathered by choice
def diagnose(X, y, queries, prior, worth):
    labels, place = np.unique(y, return_inverse=True)
    member = np.eye(len(labels))[place]
    n = member.sum(axis=0)[:, None]
    mean = member.T @ X / n
    squares = member.T @ (X - mean[place]) ** 2
    precision = (n + worth) / (squares + worth * np.mean((X - X.mean(axis=0)) ** 2, axis=0))
    misses = np.einsum("mcd,cd->mc", (queries[:, None] - mean) ** 2, precision)
    joint = np.log(prior) + 0.5 * (np.log(precision).sum(axis=1) - misses)
    joint -= joint.max(axis=1, keepdims=True)
    return joint - np.log(np.exp(joint).sum(axis=1, keepdims=True))


def accuracy_interval(right, patient, draws, seed):
    rng = np.random.default_rng(seed)
    order = np.argsort(patient, kind="stable")
    starts = np.unique(patient[order], return_index=True)[1]
    groups = np.split(np.asarray(right)[order], starts[1:])
    found = np.empty(draws)
    for d in range(draws):
        drawn = rng.choice(len(groups), size=len(groups), replace=True)
        found[d] = np.concatenate([groups[i] for i in drawn]).mean()
    return tuple(np.quantile(found, [0.025, 0.975]))


# %% wrong: probabilities
# hint: return their logarithms
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return np.exp(joint - np.logaddexp.reduce(joint, axis=1)[:, None])


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: not normalised
# hint: subtract the logarithm of their sum
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    return np.array(joint).T


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: shares of the examples as the prior
# hint: but the prior says how common they are
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label in np.unique(y):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(len(group) / len(X)) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: no prior
# hint: the prior has no effect
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label in np.unique(y):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: n − 1
# hint: not by n_c − 1
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) - 1 + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: without the height of the bell
# hint: a wide class is low
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: without the ½
# hint: and the ½ is missing
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -((queries - mean) ** 2) / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: deviations
# hint: the deviation stands in its place
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = np.sqrt((squares + worth * spread) / (len(group) + worth))
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: classes in rows
# hint: a row for each query, a column for each class
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return (joint - np.logaddexp.reduce(joint, axis=1)[:, None]).T


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: normalised over queries
# hint: sum over classes, not over queries
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=0)


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: the same variances for all classes
# hint: both classes share their variances here
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = (
            sum(((X[y == k] - X[y == k].mean(axis=0)) ** 2).sum(axis=0) for k in np.unique(y)) / len(X) * len(group)
        )
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: labels
# hint: these are labels
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return np.unique(y)[joint.argmax(axis=1)]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: positions
# hint: these are positions of classes
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint.argmax(axis=1)


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: the prior without its logarithm
# hint: take the logarithm of the prior, too
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(share + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: the highest taken out, and no more
# hint: and the logarithm of the sum was not
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - joint.max(axis=1, keepdims=True)


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: densities themselves
# hint: stay in logarithms, and take the highest of a row out first
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    densities = np.exp(joint)
    return np.log(densities / densities.sum(axis=1, keepdims=True))


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: classes in the order in which they come
# hint: the columns are in the order 2, 5, 9
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(dict.fromkeys(y.tolist()), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: maximum likelihood
# hint: ν has no effect
def diagnose(X, y, queries, prior, worth):
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = squares / len(group)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: no spread above the fraction
# hint: ν s² is missing above the fraction
def diagnose(X, y, queries, prior, worth):
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: ν only above the fraction
# hint: ν is missing below the fraction
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / len(group)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: ν s² added to the variance
# hint: it belongs above the fraction, among the squares
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = squares / len(group) + worth * spread
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: one spread for all features
# hint: and they differ in their units
def diagnose(X, y, queries, prior, worth):
    spread = X.var()
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: the largest spread
# hint: the largest spread of a feature
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0).max()
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: the spread with n − 1
# hint: s² is divided by n, not by n − 1
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0, ddof=1)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: the deviation as the spread
# hint: s is the deviation, and s² the variance
def diagnose(X, y, queries, prior, worth):
    spread = X.std(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: the mean square
# hint: and the squares are a sum, not a mean
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).mean(axis=0) * (1 if worth else len(group))
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: half and half
# hint: the half of both is a prior worth n_c examples
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares / len(group) + spread) / 2 if worth else squares / len(group)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: a least variance
# hint: each class has a feature that does not vary
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = np.maximum((squares + worth * spread) / (len(group) + worth), 1.5)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: rows drawn
# hint: rows were drawn
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    rng = np.random.default_rng(seed)
    accuracies = right[rng.integers(len(right), size=(draws, len(right)))].mean(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: the mean over patients
# hint: this is the mean of the accuracies of patients
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = (hits / rows)[who].mean(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: without replacement
# hint: drawn without replacement each draw is the same
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = np.array([rng.permutation(len(names)) for _ in range(draws)])
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: 5 % on each side
# hint: with 5 % outside in all
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.05), np.quantile(accuracies, 0.95)


# %% wrong: smallest and largest
# hint: does not end at the smallest and the largest
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return accuracies.min(), accuracies.max()


# %% wrong: percentiles as quantiles
# hint: and 70 % lies within
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.percentile(accuracies, 0.025), np.percentile(accuracies, 0.975)


# %% wrong: everybody once
# hint: who is drawn twice counts twice
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = np.array([hits[np.unique(w)].sum() / rows[np.unique(w)].sum() for w in who])
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: in percent
# hint: and not in percent
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    accuracies *= 100
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: the part that is wrong
# hint: that is the part that is wrong
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    accuracies = 1 - accuracies
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: the upper end first
# hint: the lower end comes first
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.975), np.quantile(accuracies, 0.025)


# %% wrong: one deviation
# hint: these are one standard deviation
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return accuracies.mean() - accuracies.std(), accuracies.mean() + accuracies.std()


# %% wrong: as many patients as rows
# hint: and not as many as there are rows
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(right)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: divided by all rows
# hint: 25 patients, 71 rows, 50 of them right
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows.sum()
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: no seed
# hint: with the same seed the interval is the same
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng()
    who = rng.integers(len(names), size=(draws, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: far too few draws
# hint: about 95 of the intervals must hold
def diagnose(X, y, queries, prior, worth):
    spread = X.var(axis=0)
    joint = []
    for label, share in zip(np.unique(y), prior):
        group = X[y == label]
        mean = group.mean(axis=0)
        squares = ((group - mean) ** 2).sum(axis=0)
        variance = (squares + worth * spread) / (len(group) + worth)
        log_density = -0.5 * (queries - mean) ** 2 / variance - 0.5 * np.log(2 * np.pi * variance)
        joint.append(np.log(share) + log_density.sum(axis=1))
    joint = np.array(joint).T
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


def accuracy_interval(right, patient, draws, seed):
    names = np.unique(patient)
    hits = np.array([right[patient == name].sum() for name in names])
    rows = np.array([np.sum(patient == name) for name in names])
    rng = np.random.default_rng(seed)
    who = rng.integers(len(names), size=(draws if draws > 300 else 4, len(names)))
    accuracies = hits[who].sum(axis=1) / rows[who].sum(axis=1)
    return np.quantile(accuracies, 0.025), np.quantile(accuracies, 0.975)


# %% wrong: unanswered
# hint: not answered yet
def diagnose(X, y, queries, prior, worth):
    raise NotImplementedError("not answered yet")


def accuracy_interval(right, patient, draws, seed):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's naive Bayes and bootstrap, imported
# hint: uses mathml.algorithms
from mathml.algorithms.naive_bayes import NaiveBayes
from mathml.statistics import bootstrap_interval


def diagnose(X, y, queries, prior, worth):
    return NaiveBayes(var_smoothing=worth / len(X)).fit(X, y).predict_log_proba(queries)


def accuracy_interval(right, patient, draws, seed):
    return tuple(bootstrap_interval(right, np.mean, 0.95, seed, draws))


# %% paste: mathml's naive Bayes and bootstrap, their source
# hint: the logarithms of 0.1 and 0.9 times the densities
def diagnose(X, y, queries, prior, worth):
    classes = np.unique(y)
    Y = (y[:, np.newaxis] == classes).astype(float)
    sizes = Y.sum(axis=0)[:, np.newaxis]
    theta = Y.T @ X / sizes
    var = Y.T @ (X - theta[Y.argmax(axis=1)]) ** 2 / sizes + 1e-9 * X.var(axis=0).max()
    log_density = [
        -0.5 * ((queries - m) ** 2 @ (1 / v) + np.sum(np.log(2 * np.pi * v))) for m, v in zip(theta, var, strict=True)
    ]
    log_joint = np.stack(log_density, axis=1) + np.log(Y.mean(axis=0))
    return {"log": log_joint - np.logaddexp.reduce(log_joint, axis=1, keepdims=True)}


def accuracy_interval(x, statistic, n_resamples, rng):
    rng = np.random.default_rng(rng)
    n = len(x)
    values = np.array([np.mean(x[rng.integers(n, size=n)]) for _ in range(n_resamples)])
    return np.percentile(values, 2.5), np.percentile(values, 97.5)
