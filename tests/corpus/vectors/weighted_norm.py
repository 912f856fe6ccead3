# %% right: a loop over plain numbers
import math


def weighted_norm(x, w, p):
    pairs = [(float(weight), abs(float(error))) for weight, error in zip(w, x) if weight > 0]
    top = max(error for _, error in pairs)
    if p == math.inf or top == 0:
        return top
    return top * math.fsum(weight * (error / top) ** p for weight, error in pairs) ** (1 / p)


# %% right: the weight moves inside, as its p-th root
def weighted_norm(x, w, p):
    if p == np.inf:
        return max(abs(x[w != 0]))
    y = w ** (1 / p) * np.abs(x)
    m = y.max()
    return m * np.sum((y / m) ** p) ** (1 / p) if m else 0


# %% right: by logarithms
def weighted_norm(x, w, p):
    seen = (w > 0) & (x != 0)
    if not seen.any():
        return 0
    logs = np.log(np.abs(x[seen]))
    if p == np.inf:
        return np.exp(logs.max())
    terms = np.log(w[seen]) + p * logs
    return np.exp((terms.max() + np.log(np.sum(np.exp(terms - terms.max())))) / p)


# %% wrong: no root
# hint: take the p-th root of the sum
def weighted_norm(x, w, p):
    if p == np.inf:
        return np.abs(x[w > 0]).max()
    return np.sum(w * np.abs(x) ** p)


# %% wrong: the weight goes through the power
# hint: multiply by it after the power
def weighted_norm(x, w, p):
    y = np.abs(w * x)
    return y.max() * np.sum((y / y.max()) ** p) ** (1 / p) if p < np.inf else y.max()


# %% wrong: forgets the absolute value
# hint: an odd power keeps the sign
def weighted_norm(x, w, p):
    if p == np.inf:
        return np.abs(x[w > 0]).max()
    return np.sum(w * x**p) ** (1 / p)


# %% wrong: weights the largest entry
# hint: the size of a positive weight does not matter at p = ∞
def weighted_norm(x, w, p):
    if p == np.inf:
        return np.max(w * np.abs(x))
    return np.sum(w * np.abs(x) ** p) ** (1 / p)


# %% wrong: an entry of weight zero counts at infinity
# hint: an entry of weight zero does not count
def weighted_norm(x, w, p):
    top = np.abs(x).max()
    if p == np.inf or top == 0:
        return top
    return top * np.sum(w * (np.abs(x) / top) ** p) ** (1 / p)


# %% wrong: the formula as it stands, which overflows
# hint: is too large for a float
def weighted_norm(x, w, p):
    if p == np.inf:
        return np.abs(x[w > 0]).max()
    return np.sum(w * np.abs(x) ** p) ** (1 / p)


# %% wrong: divides the zero vector by its largest entry
# hint: the norm of the zero vector is 0
def weighted_norm(x, w, p):
    top = np.abs(x[w > 0]).max()
    if p == np.inf:
        return top
    return top * np.sum(w * (np.abs(x) / top) ** p) ** (1 / p)


# %% wrong: unanswered
# hint: is not answered yet
def weighted_norm(x, w, p):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's norm, its source
# hint: the weights are not in use
def weighted_norm(x, w, p):
    magnitudes = np.abs(x)
    largest = float(magnitudes.max())
    if largest == 0 or p == np.inf:
        return largest
    ratios = magnitudes / largest
    return largest * float(np.sum(ratios**p)) ** (1 / p)


# %% paste: mathml's norm, imported
# hint: uses mathml.vectors
from mathml.vectors import norm


def weighted_norm(x, w, p):
    return norm(x[w > 0] if p == np.inf else w ** (1 / p) * x, p)
