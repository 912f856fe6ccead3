# %% right: the broken code, mended
def standardize_with(train, test):
    mean = train.mean(axis=0)
    std = train.std(axis=0)
    std[std == 0] = 1
    return (test - mean) / std


# %% right: a loop over features, in float32
def standardize_with(train, test):
    Z = np.zeros(test.shape, dtype=np.float32)
    for j in range(train.shape[1]):
        column = train[:, j]
        spread = np.sqrt(np.mean((column - column.mean()) ** 2))
        Z[:, j] = (test[:, j] - column.mean()) / (spread if spread > 0 else 1)
    return Z


# %% right: by hand, as lists
def standardize_with(train, test):
    means = [sum(column) / len(column) for column in zip(*train)]
    spreads = [
        (sum((t - mean) ** 2 for t in column) / len(column)) ** 0.5 or 1 for column, mean in zip(zip(*train), means)
    ]
    return [[(x - m) / s for x, m, s in zip(row, means, spreads)] for row in test]


# %% wrong: not mended, only the line that raises is gone
# hint: nothing is mended yet
def standardize_with(train, test):
    mean = test.mean(axis=1)
    std = test.std(axis=1)
    return (test - mean) / std


# %% wrong: the test data's own statistics
# hint: the test data used its own mean and spread
def standardize_with(train, test):
    std = test.std(axis=0)
    return (test - test.mean(axis=0)) / np.where(std > 0, std, 1)


# %% wrong: divides by n − 1
# hint: not by n − 1
def standardize_with(train, test):
    std = train.std(axis=0, ddof=1)
    return (test - train.mean(axis=0)) / np.where(std > 0, std, 1)


# %% wrong: divides by zero
# hint: divide it by 1 instead
def standardize_with(train, test):
    return (test - train.mean(axis=0)) / train.std(axis=0)


# %% wrong: wipes out a feature without spread
# hint: shift it, but do not wipe it out
def standardize_with(train, test):
    std = train.std(axis=0)
    return np.where(std > 0, (test - train.mean(axis=0)) / np.where(std > 0, std, 1), 0)


# %% wrong: a tiny number under the fraction
# hint: a tiny number instead of 0 still divides by almost nothing
def standardize_with(train, test):
    return (test - train.mean(axis=0)) / (train.std(axis=0) + 1e-8)


# %% wrong: takes a small spread for none
# hint: a small spread, and that is not zero
def standardize_with(train, test):
    std = train.std(axis=0)
    return (test - train.mean(axis=0)) / np.where(std > 1e-4, std, 1)


# %% wrong: unanswered
# hint: is not answered yet
def standardize_with(train, test):
    raise NotImplementedError("not answered yet")
    mean = test.mean(axis=1)
    std = test.std(axis=1)
    return (test - mean) / std


# %% paste: mathml's standardize_columns, its source
# hint: one example minus its own mean is always zero
def standardize_with(train, test):
    centred = test - test[0]
    centred = centred - centred.mean(axis=0)
    spread = np.sqrt((centred**2).mean(axis=0))
    return centred / np.where(spread > 0, spread, 1)


# %% paste: scikit-learn's scaler
# hint: uses sklearn
from sklearn.preprocessing import StandardScaler


def standardize_with(train, test):
    return StandardScaler().fit(train).transform(test)
