# %% right: word by word
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    return surprise(p, p), divergence(p, q), divergence(q, p)


# %% right: arrays over all words
def divergences(first, second, base=math.e):
    words = sorted({*first, *second})
    p, q = (np.array([float(counts.get(word, 0)) for word in words]) for counts in (first, second))
    if p.sum() == 0 or q.sum() == 0:
        raise ValueError("nothing counted")
    p, q = p / p.sum(), q / q.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        log_p, log_q = np.log(p), np.log(q)
        terms = p * -log_p, p * (log_p - log_q), q * (log_q - log_p)
    return [np.sum(np.where(weight > 0, term, 0)) / np.log(base) for weight, term in zip((p, p, q), terms)]


# %% right: cross-entropies less entropies
def divergences(first, second, base=math.e):
    def mean_surprise(truth, belief):
        n, m = math.fsum(truth.values()), math.fsum(belief.values())
        costs = []
        for word, count in truth.items():
            if count:
                weight = belief.get(word, 0)
                costs.append(count / n * ((math.log(m, base) - math.log(weight, base)) if weight else math.inf))
        return math.fsum(costs)

    if not any(first.values()) or not any(second.values()):
        raise ValueError("a text is empty")
    H, K = mean_surprise(first, first), mean_surprise(second, second)
    return np.array([H, mean_surprise(first, second) - H, mean_surprise(second, first) - K])


# %% right: logarithms of whole counts first
from collections import defaultdict


def divergences(first, second, base=math.e):
    logs = []
    for counts in (first, second):
        n = sum(counts.values())
        if n == 0:
            raise ValueError
        found = defaultdict(lambda: -math.inf)
        found.update({w: (math.log(c) - math.log(n)) / math.log(base) for w, c in counts.items() if c != 0})
        logs.append(found)
    log_p, log_q = logs
    entropy = sum(-x * base**x for x in log_p.values())
    forward = sum(base**x * (x - log_q[w]) for w, x in list(log_p.items()) if x > -math.inf)
    backward = sum(base**x * (x - log_p[w]) for w, x in list(log_q.items()) if x > -math.inf)
    return entropy, forward, backward


# %% wrong: always in nats
# hint: the base has no effect
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost

    p, q = parts(first), parts(second)
    return surprise(p, p), divergence(p, q), divergence(q, p)


# %% wrong: multiplies by log(base)
# hint: a bit is log 2 = 0.69 nats
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost * math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost * math.log(base)

    p, q = parts(first), parts(second)
    return surprise(p, p), divergence(p, q), divergence(q, p)


# %% wrong: without the minus
# hint: the sign is turned: a surprise
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    return -surprise(p, p), divergence(p, q), divergence(q, p)


# %% wrong: counts as probabilities
# hint: these are counts: divide them
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return dict(counts)

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    return surprise(p, p), divergence(p, q), divergence(q, p)


# %% wrong: a sum without weights
# hint: that is the plain sum
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    return surprise(p, p), divergence(p, q), divergence(q, p)


# %% wrong: a mean without weights
# hint: that is the plain mean
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= math.log(q[word]) / sum(x > 0 for x in p.values())
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    return surprise(p, p), divergence(p, q), divergence(q, p)


# %% wrong: weighs with the counts
# hint: was weighed by the counts
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    return sum(first.values()) * surprise(p, p), divergence(p, q), divergence(q, p)


# %% wrong: the entropy last
# hint: return three numbers in this order
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    return divergence(p, q), divergence(q, p), surprise(p, p)


# %% wrong: the number of words
# hint: as a logarithm: the probabilities count
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    return math.log(sum(x > 0 for x in p.values()), base), divergence(p, q), divergence(q, p)


# %% wrong: in bits by default
# hint: in bits: without a base
def divergences(first, second, base=2):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    return surprise(p, p), divergence(p, q), divergence(q, p)


# %% wrong: the two exchanged
# hint: the two are exchanged
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    return surprise(p, p), divergence(q, p), divergence(p, q)


# %% wrong: one way, twice
# hint: D is not the same both ways
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    return surprise(p, p), divergence(p, q), divergence(p, q)


# %% wrong: log of q / p
# hint: the signs are turned: log(p / q)
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    return surprise(p, p), divergence(p, q), divergence(q, p)


# %% wrong: cross-entropy
# hint: that is the cross-entropy
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    return surprise(p, p), surprise(p, q), surprise(q, p)


# %% wrong: absolute values
# hint: each term was taken without its sign
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost += p[word] * abs(math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    return surprise(p, p), divergence(p, q), divergence(q, p)


# %% wrong: weighs with the belief
# hint: weigh log(p / q) with p, the truth
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost += q[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    return surprise(p, p), divergence(p, q), divergence(q, p)


# %% wrong: counts compared with counts
# hint: the texts are not of one length
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    entropy = surprise(p, p)
    p, q = first, second
    return entropy, divergence(p, q), divergence(q, p)


# %% wrong: the mean of both ways
# hint: that is the mean of the two ways
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    both = (divergence(p, q) + divergence(q, p)) / 2
    return surprise(p, p), both, both


# %% wrong: by the place, not by the word
# hint: the words stand in another order
def divergences(first, second, base=math.e):
    n = max(len(first), len(second))
    p, q = (np.pad(np.array([*counts.values()], dtype=float), (0, n - len(counts))) for counts in (first, second))
    if p.sum() == 0 or q.sum() == 0:
        raise ValueError
    p, q = p / p.sum(), q / q.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        log_p, log_q = np.log(p), np.log(q)
        terms = p * -log_p, p * (log_p - log_q), q * (log_q - log_p)
    return [np.sum(np.where(weight > 0, term, 0)) / np.log(base) for weight, term in zip((p, p, q), terms)]


# %% wrong: only the words that both have
# hint: a word that only one text has counts, too
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if word not in q:
                    continue
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if word not in q:
                    continue
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    return surprise(p, p), divergence(p, q), divergence(q, p)


# %% wrong: looks each word up
# hint: is not in its dictionary
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    return surprise(p, p), divergence(p, q), divergence(q, p)


# %% wrong: ∞ as soon as the words differ
# hint: D(q ‖ p) is finite
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    same = {w for w in p if p[w] > 0} == {w for w in q if q[w] > 0}
    return surprise(p, p), divergence(p, q) if same else math.inf, divergence(q, p) if same else math.inf


# %% wrong: NaN for ∞
# hint: is ∞, and not NaN
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.nan
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.nan
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    return surprise(p, p), divergence(p, q), divergence(q, p)


# %% wrong: 0 · log 0 in the divergences
# hint: in D(q ‖ p) the word b never comes
def divergences(first, second, base=math.e):
    words = sorted({*first, *second})
    p, q = (np.array([float(counts.get(word, 0)) for word in words]) for counts in (first, second))
    if p.sum() == 0 or q.sum() == 0:
        raise ValueError
    p, q = p / p.sum(), q / q.sum()
    with np.errstate(all="ignore"):
        entropy = -np.sum(np.where(p > 0, p * np.log(p), 0))
        forward, backward = np.sum(p * np.log(p / q)), np.sum(q * np.log(q / p))
    return np.array([entropy, forward, backward]) / np.log(base)


# %% wrong: 0 · log 0 everywhere
# hint: 0 · log 0 is NaN to a computer
def divergences(first, second, base=math.e):
    def cost(p, q):
        with np.errstate(all="ignore"):
            return sum(x * np.log(np.float64(x) / q.get(w, 0)) for w, x in p.items()) / np.log(base)

    p, q = ({w: np.float64(counts[w]) / sum(counts.values()) for w in counts} for counts in (first, second))
    if not p or not q or np.isnan([*p.values(), *q.values()]).any():
        raise ValueError
    with np.errstate(all="ignore"):
        return -sum(x * np.log(x) for x in p.values()) / np.log(base), cost(p, q), cost(q, p)


# %% wrong: log 0 with Python
# hint: log 0 is an error of Python
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if True:
                if q.get(word, 0) <= 0 < p[word]:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if True:
                if q.get(word, 0) <= 0 < p[word]:
                    return math.inf
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    return surprise(p, p), divergence(p, q), divergence(q, p)


# %% wrong: ∞ for every word that is not in the other dictionary
# hint: what never comes does not cost ∞
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if word not in q or (q[word] == 0 < p[word]):
                return math.inf
            if p[word] > 0:
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    return surprise(p, p), divergence(p, q), divergence(q, p)


# %% wrong: the logarithm of p / q
# hint: p / q overflows
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost += p[word] * math.log(np.divide(p[word], q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    return surprise(p, p), divergence(p, q), divergence(q, p)


# %% wrong: a tiny number in place of 0
# hint: to expect a only, where b comes half of the time
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if word not in q or q[word] == 0:
                    q[word] = 1e-9
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    return surprise(p, p), divergence(p, q), divergence(q, p)


# %% wrong: a count of 0 is no word that is missing
# hint: as if it were not there
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if word not in q:
                    return math.inf
                if q[word] == 0:
                    continue
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    return surprise(p, p), divergence(p, q), divergence(q, p)


# %% wrong: 0/0 for counts of 0
# hint: all the counts of the second text are 0
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if not counts:
            raise ValueError("no words")
        return {word: count / max(total, 1e-300) for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    return surprise(p, p), divergence(p, q), divergence(q, p)


# %% wrong: an empty text costs nothing
# hint: the first text has no word at all
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if counts and total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    p, q = parts(first), parts(second)
    return surprise(p, p), divergence(p, q), divergence(q, p)


# %% wrong: takes words out of the dictionary
# hint: Work on a copy
def divergences(first, second, base=math.e):
    def parts(counts):
        total = sum(counts.values())
        if total <= 0:
            raise ValueError("no words")
        return {word: count / total for word, count in counts.items()}

    def surprise(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost -= p[word] * math.log(q[word])
        return cost / math.log(base)

    def divergence(p, q):
        cost = 0.0
        for word in p:
            if p[word] > 0:
                if q.get(word, 0) <= 0:
                    return math.inf
                cost += p[word] * (math.log(p[word]) - math.log(q[word]))
        return cost / math.log(base)

    for counts in (first, second):
        for word in [w for w in counts if counts[w] == 0]:
            del counts[word]
    p, q = parts(first), parts(second)
    return surprise(p, p), divergence(p, q), divergence(q, p)


# %% wrong: the example, learned by heart
# hint: p is (¾, ¼) and q is (½, ½)
def divergences(first, second, base=math.e):
    return 1.5, math.inf, 0.5


# %% wrong: unanswered
# hint: not answered yet
def divergences(first, second, base=math.e):
    raise NotImplementedError("not answered yet")


# %% paste: the lesson's entropy
# hint: ½ · 1 + ¼ · 2 + ¼ · 2 bits
def divergences(p, q, base=math.e):
    return -sum(x * math.log2(x) for x in map(len, p) if x > 0)


# %% paste: mathml's kl_divergence, imported
# hint: uses mathml.information
from mathml import information


def divergences(first, second, base=math.e):
    words = sorted({*first, *second})
    p, q = ([counts.get(word, 0) / sum(counts.values()) for word in words] for counts in (first, second))
    return information.entropy(p, base), information.kl_divergence(p, q, base), information.kl_divergence(q, p, base)


# %% paste: mathml's kl_divergence, its source
# hint: TypeError
def divergences(p, q, base=math.e):
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(p > 0, p * (np.log(p) - np.log(q)), 0.0)
    return np.maximum(np.sum(terms, axis=-1) / math.log(base), 0.0)
