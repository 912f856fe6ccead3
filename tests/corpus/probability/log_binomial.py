# %% right: way D, in a loop
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1)
        return ways + (j and j * log(p)) + (n - j and (n - j) * log(1 - p))

    if k > n:
        return -math.inf, -math.inf
    exactly = ell(k) if k >= 0 else -math.inf
    ells = np.array([ell(j) for j in range(max(k, 0), n + 1)])
    M = ells.max()
    return exactly, M + math.log(np.exp(ells - M).sum()) if np.isfinite(M) else M


# %% right: all terms at once, log-add-exp
def log_binomial(k, n, p):
    if k > n or (p == 0 and k > 0):
        return -np.inf, -np.inf
    if p == 1 or k <= 0:
        certain = (p == 1 and k == n) or (p == 0 and k == 0)
        return (0.0 if certain else n * np.log1p(-p) if k == 0 and p < 1 else -np.inf), 0.0
    log_factorials = np.array([math.lgamma(i + 1) for i in range(n + 1)])
    j = np.arange(k, n + 1)
    ell = log_factorials[n] - log_factorials[j] - log_factorials[n - j] + j * np.log(p) + (n - j) * np.log1p(-p)
    return ell[0], np.logaddexp.reduce(ell)


# %% right: each term from the one before, after the first
def log_binomial(k, n, p):
    if k > n:
        return (-math.inf, -math.inf)
    if k < 0:
        return (-math.inf, 0.0)
    if p in (0, 1):
        always = 0 if p == 0 else n
        return (0.0 if k == always else -math.inf), (0.0 if k <= always else -math.inf)
    first = math.log(math.comb(n, k)) + k * math.log(p) + (n - k) * math.log(1 - p)
    largest, total, ell = first, 1.0, first
    for j in range(k, n):
        ell += math.log((n - j) / (j + 1)) + math.log(p / (1 - p))
        if ell > largest:
            total = total * math.exp(largest - ell) + 1.0
            largest = ell
        else:
            total += math.exp(ell - largest)
    return first, largest + math.log(total)


# %% right: the factorials as sums of logarithms
def log_binomial(k, n, p):
    sums = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])
    j = np.arange(n + 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        successes = np.where(j > 0, j * np.log(p), 0)
        failures = np.where(j < n, (n - j) * np.log(1 - p), 0)
    scores = sums[n] - sums - sums[::-1] + successes + failures
    exactly = scores[k] if 0 <= k <= n else -np.inf
    chosen = scores[j >= k]
    chosen = chosen[chosen > -np.inf]
    if len(chosen) == 0:
        return exactly, -np.inf
    return exactly, np.log(np.sum(np.exp(chosen - max(chosen)))) + max(chosen)


# %% wrong: without the number of ways
# hint: the binomial coefficient is missing
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = 0
        return ways + (j and j * log(p)) + (n - j and (n - j) * log(1 - p))

    if k > n:
        return -math.inf, -math.inf
    exactly = ell(k) if k >= 0 else -math.inf
    ells = np.array([ell(j) for j in range(max(k, 0), n + 1)])
    M = ells.max()
    return exactly, M + math.log(np.exp(ells - M).sum()) if np.isfinite(M) else M


# %% wrong: lgamma without + 1
# hint: the + 1 is missing
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n) - math.lgamma(max(j, 1)) - math.lgamma(max(n - j, 1)) if n else 0
        return ways + (j and j * log(p)) + (n - j and (n - j) * log(1 - p))

    if k > n:
        return -math.inf, -math.inf
    exactly = ell(k) if k >= 0 else -math.inf
    ells = np.array([ell(j) for j in range(max(k, 0), n + 1)])
    M = ells.max()
    return exactly, M + math.log(np.exp(ells - M).sum()) if np.isfinite(M) else M


# %% wrong: in order
# hint: counts each choice k! times
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n + 1) - math.lgamma(n - j + 1)
        return ways + (j and j * log(p)) + (n - j and (n - j) * log(1 - p))

    if k > n:
        return -math.inf, -math.inf
    exactly = ell(k) if k >= 0 else -math.inf
    ells = np.array([ell(j) for j in range(max(k, 0), n + 1)])
    M = ells.max()
    return exactly, M + math.log(np.exp(ells - M).sum()) if np.isfinite(M) else M


# %% wrong: p and 1 − p exchanged
# hint: p and 1 − p are exchanged
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1)
        return ways + (j and j * log(1 - p)) + (n - j and (n - j) * log(p))

    if k > n:
        return -math.inf, -math.inf
    exactly = ell(k) if k >= 0 else -math.inf
    ells = np.array([ell(j) for j in range(max(k, 0), n + 1)])
    M = ells.max()
    return exactly, M + math.log(np.exp(ells - M).sum()) if np.isfinite(M) else M


# %% wrong: without the failures
# hint: that factor is missing
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1)
        return ways + (j and j * log(p))

    if k > n:
        return -math.inf, -math.inf
    exactly = ell(k) if k >= 0 else -math.inf
    ells = np.array([ell(j) for j in range(max(k, 0), n + 1)])
    M = ells.max()
    return exactly, M + math.log(np.exp(ells - M).sum()) if np.isfinite(M) else M


# %% wrong: probabilities
# hint: that is the probability: its logarithm
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1)
        return ways + (j and j * log(p)) + (n - j and (n - j) * log(1 - p))

    if k > n:
        return -math.inf, -math.inf
    exactly = ell(k) if k >= 0 else -math.inf
    ells = np.array([ell(j) for j in range(max(k, 0), n + 1)])
    return math.exp(exactly), np.exp(ells).sum()


# %% wrong: base 2
# hint: this one has another base
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1)
        return ways + (j and j * log(p)) + (n - j and (n - j) * log(1 - p))

    if k > n:
        return -math.inf, -math.inf
    exactly = ell(k) if k >= 0 else -math.inf
    ells = np.array([ell(j) for j in range(max(k, 0), n + 1)])
    M = ells.max()
    at_least = M + math.log(np.exp(ells - M).sum()) if np.isfinite(M) else M
    return exactly / math.log(2), at_least / math.log(2)


# %% wrong: the two exchanged
# hint: exactly k, then at least k
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1)
        return ways + (j and j * log(p)) + (n - j and (n - j) * log(1 - p))

    if k > n:
        return -math.inf, -math.inf
    exactly = ell(k) if k >= 0 else -math.inf
    ells = np.array([ell(j) for j in range(max(k, 0), n + 1)])
    M = ells.max()
    return M + math.log(np.exp(ells - M).sum()) if np.isfinite(M) else M, exactly


# %% wrong: n log n − n for log n!
# hint: only the largest part of log n!
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = (n and n * log(n)) - (j and j * log(j)) - (n - j and (n - j) * log(n - j))
        return ways + (j and j * log(p)) + (n - j and (n - j) * log(1 - p))

    if k > n:
        return -math.inf, -math.inf
    exactly = ell(k) if k >= 0 else -math.inf
    ells = np.array([ell(j) for j in range(max(k, 0), n + 1)])
    M = ells.max()
    return exactly, M + math.log(np.exp(ells - M).sum()) if np.isfinite(M) else M


# %% wrong: way A, as the formula stands
# hint: C(100000, 60000) is no float
def log_binomial(k, n, p):
    def pmf(j):
        return math.comb(n, j) * p**j * (1 - p) ** (n - j)

    if k > n:
        return -math.inf, -math.inf
    if k < 0:
        return -math.inf, 0.0
    both = pmf(k), sum(pmf(j) for j in range(k, n + 1))
    return tuple(math.log(q) if q > 0 else -math.inf for q in both)


# %% wrong: the pmf first, then its logarithm
# hint: 0.5¹⁰⁰⁰⁰⁰ is 0 to a computer
def log_binomial(k, n, p):
    if k > n:
        return -math.inf, -math.inf
    if k < 0:
        return -math.inf, 0.0
    with np.errstate(all="ignore"):
        j = np.arange(k, n + 1)
        ways = np.array([math.comb(n, i) if n < 1000 else np.inf for i in (j if n < 1000 else j[:1])], dtype=float)
        pmf = np.minimum(ways, 1e300) * np.float64(p) ** j * np.float64(1 - p) ** (n - j)
        return np.log(pmf[0]), np.log(pmf.sum())


# %% wrong: way B
# hint: B takes 0.9999999999996 away from 1
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1)
        return ways + (j and j * log(p)) + (n - j and (n - j) * log(1 - p))

    if k > n:
        return -math.inf, -math.inf
    if k < 0:
        return -math.inf, 0.0
    fewer = sum(math.exp(ell(j)) for j in range(k))
    return ell(k), log(1 - fewer)


# %% wrong: way C
# hint: e⁻²⁰¹⁸ is 0 to a computer
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1)
        return ways + (j and j * log(p)) + (n - j and (n - j) * log(1 - p))

    if k > n:
        return -math.inf, -math.inf
    if k < 0:
        return -math.inf, 0.0
    return ell(k), log(math.fsum(math.exp(ell(j)) for j in range(k, n + 1)))


# %% wrong: way E
# hint: the bell is right in the middle, and wrong far out
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1)
        return ways + (j and j * log(p)) + (n - j and (n - j) * log(1 - p))

    if k > n:
        return -math.inf, -math.inf
    if k < 0:
        return -math.inf, 0.0
    deviation = math.sqrt(n * p * (1 - p))
    if deviation == 0 or n < 10:
        return ell(k), log(sum(math.exp(ell(j)) for j in range(k, n + 1)))
    z = (k - n * p) / deviation
    return ell(k), log(math.erfc(z / math.sqrt(2)) / 2)


# %% wrong: way E, half a step to the left
# hint: half a step to the left as well
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1)
        return ways + (j and j * log(p)) + (n - j and (n - j) * log(1 - p))

    if k > n:
        return -math.inf, -math.inf
    if k < 0:
        return -math.inf, 0.0
    deviation = math.sqrt(n * p * (1 - p))
    if deviation == 0 or n < 10:
        return ell(k), log(sum(math.exp(ell(j)) for j in range(k, n + 1)))
    z = (k - 0.5 - n * p) / deviation
    return ell(k), log(math.erfc(z / math.sqrt(2)) / 2)


# %% wrong: more than k
# hint: at least k begins with k itself
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1)
        return ways + (j and j * log(p)) + (n - j and (n - j) * log(1 - p))

    if k > n:
        return -math.inf, -math.inf
    exactly = ell(k) if k >= 0 else -math.inf
    ells = np.array([ell(j) for j in range(max(k + 1, 0), n + 1)])
    M = ells.max(initial=-math.inf)
    return exactly, M + math.log(np.exp(ells - M).sum()) if np.isfinite(M) else M


# %% wrong: at most k
# hint: that is at most k
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1)
        return ways + (j and j * log(p)) + (n - j and (n - j) * log(1 - p))

    if k > n:
        return -math.inf, -math.inf
    exactly = ell(k) if k >= 0 else -math.inf
    ells = np.array([ell(j) for j in range(0, k + 1)])
    M = ells.max(initial=-math.inf)
    return exactly, M + math.log(np.exp(ells - M).sum()) if np.isfinite(M) else M


# %% wrong: fewer than k
# hint: that is fewer than k
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1)
        return ways + (j and j * log(p)) + (n - j and (n - j) * log(1 - p))

    if k > n:
        return -math.inf, -math.inf
    exactly = ell(k) if k >= 0 else -math.inf
    ells = np.array([ell(j) for j in range(0, k)])
    M = ells.max(initial=-math.inf)
    return exactly, M + math.log(np.exp(ells - M).sum()) if np.isfinite(M) else M


# %% wrong: exactly k, twice
# hint: that is log P(X = k)
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1)
        return ways + (j and j * log(p)) + (n - j and (n - j) * log(1 - p))

    if not 0 <= k <= n:
        return -math.inf, 0.0 if k < 0 else -math.inf
    return ell(k), ell(k)


# %% wrong: logarithms added up
# hint: the logarithms were added up
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1)
        return ways + (j and j * log(p)) + (n - j and (n - j) * log(1 - p))

    if k > n:
        return -math.inf, -math.inf
    exactly = ell(k) if k >= 0 else -math.inf
    ells = np.array([ell(j) for j in range(max(k, 0), n + 1)])
    return exactly, ells.sum()


# %% wrong: takes the first ℓ out, whatever it is
# hint: the largest of the ℓ is not the first
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1)
        return ways + (j and j * log(p)) + (n - j and (n - j) * log(1 - p))

    if k > n:
        return -math.inf, -math.inf
    exactly = ell(k) if k >= 0 else -math.inf
    ells = np.array([ell(j) for j in range(max(k, 0), n + 1)])
    M = ells[0]
    return exactly, M + np.log(np.exp(ells - M).sum()) if np.isfinite(M) else max(ells)


# %% wrong: the first term for the sum, far out
# hint: only a few ℓ count, but more than one
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1)
        return ways + (j and j * log(p)) + (n - j and (n - j) * log(1 - p))

    if k > n:
        return -math.inf, -math.inf
    exactly = ell(k) if k >= 0 else -math.inf
    if exactly < -5000:
        return exactly, exactly
    ells = np.array([ell(j) for j in range(max(k, 0), n + 1)])
    M = ells.max()
    return exactly, M + math.log(np.exp(ells - M).sum()) if np.isfinite(M) else M


# %% wrong: 0 · log 0 with NumPy
# hint: is NaN: 0 successes with p = 0
def log_binomial(k, n, p):
    if not 0 <= k <= n:
        return -np.inf, (0.0 if k < 0 else -np.inf)
    j = np.arange(k, n + 1)
    ways = math.lgamma(n + 1) - np.array([math.lgamma(i + 1) + math.lgamma(n - i + 1) for i in j])
    with np.errstate(divide="ignore", invalid="ignore"):
        ell = ways + j * np.log(p) + (n - j) * np.log(1 - p)
        return ell[0], ell.max() + np.log(np.sum(np.exp(ell - ell.max())))


# %% wrong: log 0 with Python
# hint: log 0 is an error of Python
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1)
        return ways + j * math.log(p) + (n - j) * math.log(1 - p)

    if k > n:
        return -math.inf, -math.inf
    exactly = ell(k) if k >= 0 else -math.inf
    ells = np.array([ell(j) for j in range(max(k, 0), n + 1)])
    M = ells.max()
    return exactly, M + math.log(np.exp(ells - M).sum()) if np.isfinite(M) else M


# %% wrong: p = 0 is impossible, whatever k
# hint: it is not impossible
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1)
        return ways + (j and j * log(p)) + (n - j and (n - j) * log(1 - p))

    if p == 0:
        return -math.inf, -math.inf
    if k > n:
        return -math.inf, -math.inf
    exactly = ell(k) if k >= 0 else -math.inf
    ells = np.array([ell(j) for j in range(max(k, 0), n + 1)])
    M = ells.max()
    return exactly, M + math.log(np.exp(ells - M).sum()) if np.isfinite(M) else M


# %% wrong: p moved away from 0 and 1
# hint: and no large negative number
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1)
        return ways + (j and j * log(p)) + (n - j and (n - j) * log(1 - p))

    p = min(max(p, 1e-15), 1 - 1e-15)
    if k > n:
        return -math.inf, -math.inf
    exactly = ell(k) if k >= 0 else -math.inf
    ells = np.array([ell(j) for j in range(max(k, 0), n + 1)])
    M = ells.max()
    return exactly, M + math.log(np.exp(ells - M).sum()) if np.isfinite(M) else M


# %% wrong: −∞ − (−∞)
# hint: the sum has terms of e^(−∞ − (−∞))
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1)
        return ways + (j and j * log(p)) + (n - j and (n - j) * log(1 - p))

    if k > n:
        return -math.inf, -math.inf
    exactly = ell(k) if k >= 0 else -math.inf
    ells = np.array([ell(j) for j in range(max(k, 0), n + 1)])
    M = ells.max()
    return exactly, M + np.log(np.exp(ells - M).sum())


# %% wrong: p = 1 forgotten
# hint: p = 1: all trials succeed
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1)
        return ways + (j and j * log(p)) + (n - j) * np.log(np.float64(1 - p))

    if k > n:
        return -math.inf, -math.inf
    exactly = ell(k) if k >= 0 else -math.inf
    ells = np.array([ell(j) for j in range(max(k, 0), n + 1)])
    M = ells.max()
    return exactly, M + math.log(np.exp(ells - M).sum()) if np.isfinite(M) else M


# %% wrong: k below 0 is an impossible answer twice
# hint: exactly −1 is impossible, and at least −1 is certain
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1)
        return ways + (j and j * log(p)) + (n - j and (n - j) * log(1 - p))

    if k < 0 or k > n:
        return -math.inf, -math.inf
    if k > n:
        return -math.inf, -math.inf
    exactly = ell(k) if k >= 0 else -math.inf
    ells = np.array([ell(j) for j in range(max(k, 0), n + 1)])
    M = ells.max()
    return exactly, M + math.log(np.exp(ells - M).sum()) if np.isfinite(M) else M


# %% wrong: k above n forgotten
# hint: more successes than trials
def log_binomial(k, n, p):
    def log(q):
        return math.log(q) if q > 0 else -math.inf

    def ell(j):
        ways = math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1)
        return ways + (j and j * log(p)) + (n - j and (n - j) * log(1 - p))

    exactly = ell(k) if k >= 0 else -math.inf
    ells = np.array([ell(j) for j in range(max(k, 0), n + 1)])
    M = ells.max()
    return exactly, M + math.log(np.exp(ells - M).sum()) if np.isfinite(M) else M


# %% wrong: the example, learned by heart
# hint: two of five succeed in 10 ways
def log_binomial(k, n, p):
    return math.log(3 / 8), math.log(7 / 16)


# %% wrong: unanswered
# hint: not answered yet
def log_binomial(k, n, p):
    raise NotImplementedError("not answered yet")


# %% paste: the lesson's log_binomial
# hint: TypeError
def log_binomial(k, n, p):
    ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return ways + k * math.log(p) + (n - k) * math.log(1 - p)


# %% paste: mathml's Binomial, imported
# hint: uses mathml.probability
from mathml.probability import Binomial


def log_binomial(k, n, p):
    X = Binomial(n, p)
    return X.log_prob(k), np.log(X.sf(k - 1))


# %% paste: mathml's log_prob, its source, and the logarithm of 1 − cdf
# hint: at least three of five: that is three, four or five
def log_binomial(k, n, p):
    def log_poisson(k, m):
        return k * math.log(m) - m - math.lgamma(k + 1) if m > 0 else (0.0 if k == 0 else -math.inf)

    k = np.clip(np.floor(k), 0, n)
    return log_poisson(k, n * p) + log_poisson(n - k, n * (1 - p)) - log_poisson(n, n)
