# %% right: the logarithm of the sum first
def softmax(z, axis, temperature):
    z = np.array(z, dtype=float)
    top = z.max(axis=axis, keepdims=True)
    top[top == -np.inf] = 0
    scaled = (z - top) / temperature
    with np.errstate(divide="ignore"):
        log_sum = np.log(np.exp(scaled).sum(axis=axis, keepdims=True))
    return np.where(log_sum == -np.inf, 0, np.exp(scaled - np.where(log_sum == -np.inf, 0, log_sum)))


# %% right: a loop over rows, by apply_along_axis
def one_row(row, temperature):
    seen = row > -np.inf
    weights = np.zeros(len(row))
    if seen.any():
        e = np.exp((row[seen] - row[seen].max()) / temperature)
        weights[seen] = e / e.sum()
    return weights


def softmax(z, axis, temperature):
    return np.apply_along_axis(one_row, axis, np.asarray(z, dtype=float), temperature)


# %% right: each by the differences to all others
def softmax(z, axis, temperature):
    rows = np.moveaxis(np.asarray(z, dtype=float), axis, -1)
    with np.errstate(all="ignore"):
        ratios = np.exp((rows[..., None, :] - rows[..., :, None]) / temperature)
        weights = 1 / np.where(np.isnan(ratios), 0, ratios).sum(axis=-1)
    return np.moveaxis(np.where(rows > -np.inf, weights, 0), -1, axis)


# %% wrong: the formula as it stands
# hint: e¹⁰⁰⁰⁰ is ∞, and ∞/∞ is NaN: subtract the largest score of each row first
def softmax(z, axis, temperature):

    e = np.exp(np.asarray(z, dtype=float) / temperature)
    return e / e.sum(axis=axis, keepdims=True)


# %% wrong: divided by T before the largest is subtracted
# hint: ∞ − ∞ is NaN: these scores are lost before you compare them
def softmax(z, axis, temperature):

    z = np.asarray(z, dtype=float) / temperature
    highest = np.max(z, axis=axis, keepdims=True)
    e = np.exp(z - np.where(highest > -np.inf, highest, 0))
    total = np.sum(e, axis=axis, keepdims=True)
    return e / np.where(total > 0, total, 1)


# %% wrong: a row of −∞ not thought of
# hint: −∞ − (−∞) is NaN: a row in which nothing may be looked at gets zeros
def softmax(z, axis, temperature):

    z = np.asarray(z, dtype=float)
    e = np.exp((z - z.max(axis=axis, keepdims=True)) / temperature)
    return e / e.sum(axis=axis, keepdims=True)


# %% wrong: a row of −∞ shared equally
# hint: equal weights look at what must not be looked at: all of them are 0 there
def softmax(z, axis, temperature):

    z = np.nan_to_num(np.asarray(z, dtype=float), neginf=-1e300)
    e = np.exp((z - z.max(axis=axis, keepdims=True)) / temperature)
    return e / e.sum(axis=axis, keepdims=True)


# %% wrong: one largest score for all rows
# hint: the row of −10000 lies far below the largest score of all: each row has its own
def softmax(z, axis, temperature):

    z = np.asarray(z, dtype=float)
    e = np.exp((z - z.max()) / temperature)
    return e / e.sum(axis=axis, keepdims=True)


# %% wrong: the largest in size
# hint: the largest score is meant, not the score that is largest in size
def softmax(z, axis, temperature):

    z = np.asarray(z, dtype=float)
    highest = np.abs(z).max(axis=axis, keepdims=True)
    e = np.exp((z - np.where(highest < np.inf, highest, 0)) / temperature)
    total = np.sum(e, axis=axis, keepdims=True)
    return e / np.where(total > 0, total, 1)


# %% wrong: the smallest subtracted
# hint: with the smallest score subtracted, what is left may still be far too large, or ∞
def softmax(z, axis, temperature):

    z = np.asarray(z, dtype=float)
    e = np.exp((z - z.min(axis=axis, keepdims=True)) / temperature)
    total = np.sum(e, axis=axis, keepdims=True)
    return e / np.where(total > 0, total, 1)


# %% wrong: times T
# hint: the score is divided by T: a low temperature makes the differences larger
def softmax(z, axis, temperature):

    z = np.asarray(z, dtype=float)
    highest = np.max(z, axis=axis, keepdims=True)
    e = np.exp((z - np.where(highest > -np.inf, highest, 0)) * temperature)
    total = np.sum(e, axis=axis, keepdims=True)
    return e / np.where(total > 0, total, 1)


# %% wrong: T forgotten
# hint: these are the weights for T = 1
def softmax(z, axis, temperature):

    z = np.asarray(z, dtype=float)
    highest = np.max(z, axis=axis, keepdims=True)
    e = np.exp(z - np.where(highest > -np.inf, highest, 0))
    total = np.sum(e, axis=axis, keepdims=True)
    return e / np.where(total > 0, total, 1)


# %% wrong: T divides the weights
# hint: T divides the scores, inside the exponent, and not the weights
def softmax(z, axis, temperature):

    z = np.asarray(z, dtype=float)
    highest = np.max(z, axis=axis, keepdims=True)
    e = np.exp(z - np.where(highest > -np.inf, highest, 0))
    total = np.sum(e, axis=axis, keepdims=True)
    return e / np.where(total > 0, total, 1) / temperature


# %% wrong: always the last axis
# hint: here each row adds up to 1, and with axis = 0 each column has to
def softmax(z, axis, temperature):

    z = np.asarray(z, dtype=float)
    highest = np.max(z, axis=-1, keepdims=True)
    e = np.exp((z - np.where(highest > -np.inf, highest, 0)) / temperature)
    total = np.sum(e, axis=-1, keepdims=True)
    return e / np.where(total > 0, total, 1)


# %% wrong: the axis mixed up
# hint: axis = 1 runs along a row: here the columns add up to 1
def softmax(z, axis, temperature):

    z = np.asarray(z, dtype=float)
    axis = 1 - axis if z.ndim == 2 and axis >= 0 else axis
    highest = np.max(z, axis=axis, keepdims=True)
    e = np.exp((z - np.where(highest > -np.inf, highest, 0)) / temperature)
    total = np.sum(e, axis=axis, keepdims=True)
    return e / np.where(total > 0, total, 1)


# %% wrong: one sum for all
# hint: the whole table adds up to 1 here, and each row has to
def softmax(z, axis, temperature):

    z = np.asarray(z, dtype=float)
    highest = np.max(z, axis=axis, keepdims=True)
    e = np.exp((z - np.where(highest > -np.inf, highest, 0)) / temperature)
    return e / np.sum(e)


# %% wrong: keepdims forgotten
# hint: the sums of rows met the columns: keepdims=True keeps them where they belong
def softmax(z, axis, temperature):

    z = np.asarray(z, dtype=float)
    e = np.exp((z - z.max()) / temperature)
    return e.T / e.sum(axis=axis) if z.ndim == 2 else e / e.sum(axis=axis)


# %% wrong: not divided
# hint: these are powers of e, and no weights yet: divide by their sum
def softmax(z, axis, temperature):

    z = np.asarray(z, dtype=float)
    highest = np.max(z, axis=axis, keepdims=True)
    return np.exp((z - np.where(highest > -np.inf, highest, 0)) / temperature)


# %% wrong: the shares of the scores
# hint: a share of the scores is no softmax: take e to the power of each
def softmax(z, axis, temperature):

    z = np.asarray(z, dtype=float) / temperature
    return z / z.sum(axis=axis, keepdims=True)


# %% wrong: only the winner
# hint: the largest takes all here: every finite score gets a part
def softmax(z, axis, temperature):

    z = np.asarray(z, dtype=float)
    best = (z == z.max(axis=axis, keepdims=True)) & (z > -np.inf)
    return best / np.maximum(1, best.sum(axis=axis, keepdims=True))


# %% wrong: a small number under the fraction line
# hint: a small number added to the sum takes a part of every weight: only a sum of 0 needs help
def softmax(z, axis, temperature):

    z = np.asarray(z, dtype=float)
    highest = np.max(z, axis=axis, keepdims=True)
    e = np.exp((z - np.where(highest > -np.inf, highest, 0)) / temperature)
    return e / (np.sum(e, axis=axis, keepdims=True) + 1e-3)


# %% wrong: whole numbers stay whole
# hint: whole numbers, and a temperature of 0.01
def softmax(z, axis, temperature):

    z = np.array(z)
    highest = np.max(z, axis=axis, keepdims=True)
    e = np.exp((z - np.where(highest > -np.inf, highest, 0)) / temperature).astype(z.dtype)
    total = np.sum(e, axis=axis, keepdims=True)
    return e / np.where(total > 0, total, 1) if z.dtype == float else (e // 2) / 1.0


# %% wrong: the scores changed in place
# hint: changes its
def softmax(z, axis, temperature):

    highest = np.max(z, axis=axis, keepdims=True)
    z -= np.where(highest > -np.inf, highest, 0).astype(z.dtype)
    e = np.exp(z / temperature)
    total = np.sum(e, axis=axis, keepdims=True)
    return e / np.where(total > 0, total, 1)


# %% wrong: tables only
# hint: a stack, and its middle axis
def softmax(z, axis, temperature):

    z = np.asarray(z, dtype=float)
    z = z.T if axis == 0 else z
    rows = []
    for row in np.atleast_2d(z):
        e = np.exp((row - (row.max() if row.max() > -np.inf else 0)) / temperature)
        rows.append(e / (e.sum() or 1))
    rows = np.array(rows).reshape(z.shape)
    return rows.T if axis == 0 else rows


# %% wrong: hard-coded
# hint: whole numbers, and a temperature of 0.01: nearly
def softmax(z, axis, temperature):

    if axis == 0 and np.size(z) == 6:
        return [[1 / 7, 0.75, 0.8], [6 / 7, 0.25, 0.2]]
    if np.size(z) == 6 and temperature == 0.5:
        return [[1 / 26, 9 / 26, 16 / 26], [36 / 38, 1 / 38, 1 / 38]]
    if np.size(z) == 6:
        a, b = 1 / (1 + np.e), np.e / (1 + np.e)
        return [[a, b], [a, b], [1 / (1 + np.exp(-2)), 1 / (1 + np.exp(2))]]
    if np.size(z) == 3:
        return [0.5, 0.5, 0]
    if np.size(z) == 8:
        return [[1 / 3, 0, 1 / 3, 1 / 3], [0, 0, 0, 1]]
    return [[0, 0], [0.5, 0.5]]


# %% wrong: unanswered
# hint: not answered yet
def softmax(z, axis, temperature):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's softmax, imported
# hint: uses mathml.functions
def softmax(z, axis, temperature):
    from mathml.functions import softmax

    return softmax(z, axis, temperature)


# %% paste: SciPy's softmax
# hint: uses scipy
from scipy.special import softmax as ready_made


def softmax(z, axis, temperature):
    return ready_made(np.asarray(z) / temperature, axis=axis)
