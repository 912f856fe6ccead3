# %% right: shifts by the first number
def variance(pieces, ddof):
    n, total, squares, c = 0, 0.0, 0.0, None
    for piece in pieces:
        if len(piece) == 0:
            continue
        if c is None:
            c = float(piece[0])
        shifted = piece.astype(float) - c
        n += len(shifted)
        total += np.sum(shifted)
        squares += np.sum(shifted**2)
    if n <= ddof:
        raise ValueError("too few numbers")
    return (squares - total**2 / n) / (n - ddof)


# %% right: Welford, number by number
def variance(pieces, ddof):
    n, mean, S = 0, 0.0, 0.0
    for piece in pieces:
        for x in piece.tolist():
            n += 1
            before = x - mean
            mean += before / n
            S += before * (x - mean)
    if n <= ddof:
        raise ValueError(f"{n} numbers")
    return S / (n - ddof)


# %% right: joins the pieces two by two
def variance(pieces, ddof):
    def join(a, b):
        if a[0] == 0 or b[0] == 0:
            return a if b[0] == 0 else b
        n = a[0] + b[0]
        apart = b[1] - a[1]
        return n, a[1] + apart * (b[0] / n), a[2] + b[2] + apart**2 * (a[0] * b[0] / n)

    known = (0, 0.0, 0.0)
    for piece in pieces:
        x = np.array(piece, dtype=np.float64)
        m = np.sum(x) / max(1, x.size)
        known = join(known, (x.size, m, np.dot(x - m, x - m)))
    n, _, S = known
    if ddof >= n:
        raise ValueError
    return float(S / (n - ddof))


# %% right: exact, with whole numbers and fractions
from fractions import Fraction


def variance(pieces, ddof):
    n, total, squares = 0, Fraction(0), Fraction(0)
    for piece in pieces:
        numbers = [Fraction(x) for x in piece.tolist()]
        n += len(numbers)
        total += sum(numbers)
        squares += sum(x * x for x in numbers)
    if n <= ddof:
        raise ValueError("nothing to divide by")
    return float((squares - total * total / n) / (n - ddof))


# %% wrong: nothing mended
# hint: nothing is mended yet
def variance(pieces, ddof):
    n, total, squares = 0, 0.0, 0.0
    for piece in pieces:
        n += len(piece)
        total += np.sum(piece)
        squares += np.sum(piece**2)
    n -= ddof
    return squares / n - (total / n) ** 2


# %% wrong: floats and ddof mended, the formula left
# hint: squares near 10¹⁸ are known to the nearest 128 only
def variance(pieces, ddof):
    n, total, squares = 0, 0.0, 0.0
    for piece in pieces:
        x = np.asarray(piece, dtype=float)
        n += len(x)
        total += x.sum()
        squares += np.sum(x**2)
    if n <= ddof:
        raise ValueError
    return (squares - total**2 / n) / (n - ddof)


# %% wrong: shifts each piece by its own first number
# hint: each piece was shifted by another number
def variance(pieces, ddof):
    n, total, squares = 0, 0.0, 0.0
    for piece in pieces:
        x = np.asarray(piece, dtype=float)
        if len(x):
            x = x - x[0]
        n += len(x)
        total += x.sum()
        squares += np.sum(x**2)
    if n <= ddof:
        raise ValueError
    return (squares - total**2 / n) / (n - ddof)


# %% wrong: shifts by 10⁹, as in the visible test
# hint: shift by a number near the x, whatever they are
def variance(pieces, ddof):
    n, total, squares = 0, 0.0, 0.0
    for piece in pieces:
        x = np.asarray(piece, dtype=float)
        x = np.where(x > 1e8, x - 1e9, x)
        n += len(x)
        total += x.sum()
        squares += np.sum(x**2)
    if n <= ddof:
        raise ValueError
    return (squares - total**2 / n) / (n - ddof)


# %% wrong: without ddof
# hint: ddof has no effect
def variance(pieces, ddof):
    n, mean, S = 0, 0.0, 0.0
    for piece in pieces:
        for x in piece.tolist():
            n += 1
            before = x - mean
            mean += before / n
            S += before * (x - mean)
    if n <= ddof:
        raise ValueError
    return S / n


# %% wrong: ddof in one of the two terms only
# hint: ddof is for the whole variance
def variance(pieces, ddof):
    n, total, squares = 0, 0.0, 0.0
    for piece in pieces:
        x = np.asarray(piece, dtype=float)
        n += len(x)
        total += x.sum()
        squares += np.sum(x**2)
    if n <= ddof:
        raise ValueError
    return squares / (n - ddof) - (total / n) ** 2


# %% wrong: adds ddof
# hint: n − ddof stands below
def variance(pieces, ddof):
    n, mean, S = 0, 0.0, 0.0
    for piece in pieces:
        for x in piece.tolist():
            n += 1
            before = x - mean
            mean += before / n
            S += before * (x - mean)
    if n <= ddof:
        raise ValueError
    return S / (n + ddof)


# %% wrong: ddof is always 1
# hint: ddof = 0 divides by n
def variance(pieces, ddof):
    n, mean, S = 0, 0.0, 0.0
    for piece in pieces:
        for x in piece.tolist():
            n += 1
            before = x - mean
            mean += before / n
            S += before * (x - mean)
    if n <= 1:
        raise ValueError
    return S / (n - 1)


# %% wrong: adds up the spreads within the pieces
# hint: only the spread within the pieces
def variance(pieces, ddof):
    n, S = 0, 0.0
    for piece in pieces:
        x = np.asarray(piece, dtype=float)
        n += len(x)
        S += np.sum((x - x.mean()) ** 2) if len(x) else 0
    if n <= ddof:
        raise ValueError
    return S / (n - ddof)


# %% wrong: the mean of the pieces' variances
# hint: is not the mean of the pieces' variances
def variance(pieces, ddof):
    found = []
    for piece in pieces:
        x = np.asarray(piece, dtype=float)
        if len(x) > ddof:
            found.append(np.sum((x - x.mean()) ** 2) / (len(x) - ddof))
    if not found:
        raise ValueError
    return sum(found) / len(found)


# %% wrong: the last piece
# hint: only the last piece counts
def variance(pieces, ddof):
    for piece in pieces:
        x = np.asarray(piece, dtype=float)
        n, S = len(x), np.sum((x - np.mean(x)) ** 2)
    if n <= ddof:
        raise ValueError
    return S / (n - ddof)


# %% wrong: returns within the loop
# hint: only the first piece counts
def variance(pieces, ddof):
    for piece in pieces:
        x = np.asarray(piece, dtype=float)
        if len(x) <= ddof:
            break
        return np.sum((x - np.mean(x)) ** 2) / (len(x) - ddof)
    raise ValueError("too few numbers")


# %% wrong: the standard deviation
# hint: that is the standard deviation
def variance(pieces, ddof):
    x = np.concatenate([np.asarray(piece, dtype=float) for piece in pieces])
    if len(x) <= ddof:
        raise ValueError
    return math.sqrt(np.sum((x - x.mean()) ** 2) / (len(x) - ddof))


# %% wrong: not divided
# hint: the sum of squared distances is right
def variance(pieces, ddof):
    x = np.concatenate([np.asarray(piece, dtype=float) for piece in pieces])
    if len(x) <= ddof:
        raise ValueError
    return np.sum((x - x.mean()) ** 2)


# %% wrong: goes through the pieces twice
# hint: the second loop found nothing
def variance(pieces, ddof):
    n, total, S = 0, 0.0, 0.0
    for piece in pieces:
        n += len(piece)
        total += np.sum(piece, dtype=float)
    if n <= ddof:
        raise ValueError
    for piece in pieces:
        S += np.sum((piece - total / n) ** 2)
    return S / (n - ddof)


# %% wrong: the variance of the means
# hint: not of the means of the pieces
def variance(pieces, ddof):
    means = np.array([np.mean(piece) for piece in pieces if len(piece)], dtype=float)
    if len(means) <= ddof:
        raise ValueError
    return np.sum((means - means.mean()) ** 2) / (len(means) - ddof)


# %% wrong: the mean of the two means
# hint: a join of unequal pieces
def variance(pieces, ddof):
    n, mean, S = 0, None, 0.0
    for piece in pieces:
        x = np.asarray(piece, dtype=float)
        if len(x) == 0:
            continue
        m = x.mean()
        S += np.sum((x - m) ** 2)
        if mean is None:
            mean = m
        else:
            S += (m - mean) ** 2 * n * len(x) / (n + len(x))
            mean = (mean + m) / 2
        n += len(x)
    if n <= ddof:
        raise ValueError
    return S / (n - ddof)


# %% wrong: the mean stays that of the first piece
# hint: the mean moves on the way
def variance(pieces, ddof):
    n, mean, S = 0, None, 0.0
    for piece in pieces:
        x = np.asarray(piece, dtype=float)
        if len(x) == 0:
            continue
        m = x.mean()
        S += np.sum((x - m) ** 2)
        if mean is None:
            mean = m
        elif n < 500:
            S += (m - mean) ** 2 * n * len(x) / (n + len(x))
            mean += (m - mean) * len(x) / (n + len(x))
        n += len(x)
    if n <= ddof:
        raise ValueError
    return S / (n - ddof)


# %% wrong: squares bytes
# hint: the square of 200 does not fit
def variance(pieces, ddof):
    n, total, squares = 0, 0.0, 0.0
    for piece in pieces:
        if np.issubdtype(piece.dtype, np.floating) and len(piece):
            if n == 0:
                c = float(piece[0])
            piece = piece - c
        n += len(piece)
        total += np.sum(piece)
        squares += np.sum(piece**2)
    if n <= ddof:
        raise ValueError
    return (squares - total**2 / n) / (n - ddof)


# %% wrong: subtracts bytes
# hint: 190 − 200 does not fit
def variance(pieces, ddof):
    n, total, squares, c = 0, 0.0, 0.0, None
    for piece in pieces:
        if len(piece) and c is None:
            c = piece[0]
        shifted = piece - c if len(piece) else piece
        n += len(shifted)
        total += np.sum(shifted)
        squares += np.sum(shifted.astype(float) ** 2)
    if n <= ddof:
        raise ValueError
    return (squares - total**2 / n) / (n - ddof)


# %% wrong: 0/0 for one number
# hint: 0/0: with no more than ddof numbers
def variance(pieces, ddof):
    x = np.concatenate([np.asarray(piece, dtype=float) for piece in pieces])
    with np.errstate(all="ignore"):
        return np.sum((x - x.mean()) ** 2) / (len(x) - ddof)


# %% wrong: 0 for one number
# hint: that one number does not vary is not known
def variance(pieces, ddof):
    x = np.concatenate([np.asarray(piece, dtype=float) for piece in pieces])
    if len(x) < 2:
        return 0.0
    return np.sum((x - x.mean()) ** 2) / (len(x) - ddof)


# %% wrong: the mean of an empty piece
# hint: an empty piece has no mean
def variance(pieces, ddof):
    n, mean, S = 0, 0.0, 0.0
    for piece in pieces:
        x = np.asarray(piece, dtype=float)
        m, before = x.mean(), n
        n += len(x)
        S += np.sum((x - m) ** 2) + (m - mean) ** 2 * before * len(x) / n
        mean += (m - mean) * len(x) / n
    if n <= ddof:
        raise ValueError
    return S / (n - ddof)


# %% wrong: the example, learned by heart
# hint: a number for each piece; the mean is 5
def variance(pieces, ddof):
    if ddof > 0 and len(list(pieces)) == 1:
        raise ValueError
    return 11.5


# %% wrong: unanswered
# hint: not answered yet
def variance(pieces, ddof):
    raise NotImplementedError("not answered yet")


# %% wrong: NumPy's variance
# hint: uses numpy.var
def variance(pieces, ddof):
    x = np.concatenate([np.asarray(piece, dtype=float) for piece in pieces])
    if len(x) <= ddof:
        raise ValueError
    return np.var(x, ddof=ddof)


# %% wrong: the variance of an array
# hint: uses `.var`
def variance(pieces, ddof):
    x = np.concatenate([np.asarray(piece, dtype=float) for piece in pieces])
    if len(x) <= ddof:
        raise ValueError
    return x.var(ddof=ddof)


# %% paste: mathml's variance, its source
# hint: divided by 5 − 1
def variance(x, ddof=1):
    x = np.asarray(x)
    z = x - x.mean()
    return np.dot(z, z) / (len(x) - ddof)


# %% paste: mathml's variance, imported
# hint: uses mathml.statistics
from mathml.statistics import variance as of_sample


def variance(pieces, ddof):
    return of_sample(np.concatenate(list(pieces)), ddof)


# %% paste: the lesson's Welford, from mathml
# hint: uses mathml
from mathml import statistics


def variance(pieces, ddof):
    stream = statistics.Welford()
    for piece in pieces:
        for x in piece:
            stream.add(x)
    return stream.variance(ddof)
