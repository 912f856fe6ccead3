# %% right: a loop over the pieces, with scores that are kept
def posterior(prior, table, seen):
    table = np.array(table, dtype=float)
    scores = [math.log(w) if w > 0 else -math.inf for w in prior]
    rows = []
    for e in [None, *seen]:
        for i in range(len(scores)):
            if e is not None:
                scores[i] += math.log(table[i][e]) if table[i][e] > 0 else -math.inf
        top = max(scores)
        if top == -math.inf:
            raise ValueError("impossible")
        row = [math.exp(s - top) for s in scores]
        rows.append([x / sum(row) for x in row])
    return rows


# %% right: all rows at once, normalised by log-add-exp
def posterior(prior, table, seen):
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(np.array(table, dtype=float))[:, list(seen)]
        scores = np.log(np.array(prior, dtype=float))[:, np.newaxis] + np.pad(np.cumsum(logs, axis=1), ((0, 0), (1, 0)))
        total = np.logaddexp.reduce(scores, axis=0)
    if np.isneginf(total).any():
        raise ValueError("nothing explains this")
    return np.exp(scores - total).T


# %% right: counts of each outcome so far, times the logarithms
def posterior(prior, table, seen):
    table, prior = np.asarray(table, dtype=float), np.asarray(prior, dtype=float)
    came = np.zeros((len(seen) + 1, table.shape[1]))
    came[np.arange(1, len(seen) + 1), seen] = 1
    counts = came.cumsum(axis=0)
    possible = (prior > 0) & ~((counts > 0) @ (table == 0).T.astype(float)).astype(bool)
    if not possible.any(axis=1).all():
        raise ValueError("no hypothesis left")
    scores = np.log(np.where(prior > 0, prior, 1)) + counts @ np.log(np.where(table > 0, table, 1)).T
    scores[~possible] = -np.inf
    scores -= scores.max(axis=1, keepdims=True)
    P = np.exp(scores)
    return P / P.sum(axis=1)[:, None]


# %% right: from ratios to the best, sorted by nothing, one row after the other
def posterior(prior, table, seen):
    def normal(scores):
        differences = scores[np.newaxis, scores > -np.inf] - scores[scores > -np.inf, np.newaxis]
        p = np.zeros(len(scores))
        with np.errstate(over="ignore"):
            p[scores > -np.inf] = 1 / np.exp(differences).sum(axis=1)
        return p

    with np.errstate(divide="ignore"):
        scores, columns = np.log(np.array(prior, float)), np.log(np.array(table, float)).T
    rows = [normal(scores)]
    for e in seen:
        scores = scores + columns[e]
        if not np.any(scores > -np.inf):
            raise ValueError(f"outcome {e} cannot have come")
        rows.append(normal(scores))
    return np.array(rows)


# %% wrong: products that are not divided by their sum
# hint: these are the products
def posterior(prior, table, seen):
    rows = [np.array(prior, dtype=float)]
    for e in seen:
        rows.append(rows[-1] * np.asarray(table)[:, e])
    return np.array(rows)


# %% wrong: without the row of the prior
# hint: row 0 is missing
def posterior(prior, table, seen):
    with np.errstate(divide="ignore"):
        scores = np.log(prior) + np.cumsum(np.log(np.asarray(table)[:, seen].T), axis=0)
    best = scores.max(axis=1, keepdims=True)
    if np.any(best == -np.inf):
        raise ValueError
    P = np.exp(scores - best)
    return P / P.sum(axis=1, keepdims=True)


# %% wrong: the last row alone
# hint: that is the last row alone
def posterior(prior, table, seen):
    with np.errstate(divide="ignore"):
        scores = np.log(prior) + np.log(np.asarray(table)[:, seen]).sum(axis=1)
    if scores.max() == -np.inf:
        raise ValueError
    P = np.exp(scores - scores.max())
    return P / P.sum()


# %% wrong: each piece by itself
# hint: each piece was taken by itself
def posterior(prior, table, seen):
    rows = [np.array(prior, dtype=float)]
    for e in seen:
        rows.append(np.array(prior, dtype=float) * np.asarray(table)[:, e])
    rows = np.array(rows)
    if np.any(rows.sum(axis=1) == 0):
        raise ValueError
    return rows / rows.sum(axis=1, keepdims=True)


# %% wrong: transposed
# hint: rows and columns are exchanged
def posterior(prior, table, seen):
    with np.errstate(divide="ignore"):
        scores = np.cumsum(np.column_stack([np.log(prior), np.log(np.asarray(table)[:, seen])]), axis=1)
    if np.any(scores.max(axis=0) == -np.inf):
        raise ValueError
    P = np.exp(scores - scores.max(axis=0))
    return P / P.sum(axis=0)


# %% wrong: an outcome picks a row
# hint: an outcome is a column of the table
def posterior(prior, table, seen):
    rows = [np.array(prior, dtype=float) / np.sum(prior)]
    for e in seen:
        row = rows[-1] * np.asarray(table)[e]
        rows.append(row / row.sum())
    return np.array(rows)


# %% wrong: logarithms returned
# hint: these are logarithms
def posterior(prior, table, seen):
    with np.errstate(divide="ignore"):
        scores = np.cumsum(np.vstack([np.log(prior), np.log(np.asarray(table)[:, seen].T)]), axis=0)
    total = np.logaddexp.reduce(scores, axis=1, keepdims=True)
    if np.any(total == -np.inf):
        raise ValueError
    return scores - total


# %% wrong: adds likelihoods up
# hint: of independent pieces they are multiplied
def posterior(prior, table, seen):
    sums = np.cumsum(np.asarray(table)[:, seen].T, axis=0)
    rows = np.vstack([prior, np.asarray(prior) * sums])
    if np.any(rows.sum(axis=1) == 0):
        raise ValueError
    return rows / rows.sum(axis=1, keepdims=True)


# %% wrong: divides by the sums of the columns
# hint: each row sums to one, not each column
def posterior(prior, table, seen):
    rows = np.cumprod(np.vstack([prior, np.asarray(table)[:, seen].T]), axis=0)
    return rows / rows.sum(axis=0)


# %% wrong: forgets the prior
# hint: the prior has no effect
def posterior(prior, table, seen):
    with np.errstate(divide="ignore"):
        scores = np.cumsum(np.vstack([np.zeros(len(prior)), np.log(np.asarray(table)[:, seen].T)]), axis=0)
    best = scores.max(axis=1, keepdims=True)
    if np.any(best == -np.inf):
        raise ValueError
    P = np.exp(scores - best)
    return P / P.sum(axis=1, keepdims=True)


# %% wrong: the prior again at each step
# hint: the prior counts once
def posterior(prior, table, seen):
    with np.errstate(divide="ignore"):
        steps = np.log(np.asarray(table)[:, seen].T) + np.log(prior)
        scores = np.cumsum(np.vstack([np.log(prior), steps]), axis=0)
    best = scores.max(axis=1, keepdims=True)
    if np.any(best == -np.inf):
        raise ValueError
    P = np.exp(scores - best)
    return P / P.sum(axis=1, keepdims=True)


# %% wrong: row 0 holds the weights as they came
# hint: row 0 must sum to one, too
def posterior(prior, table, seen):
    with np.errstate(divide="ignore"):
        scores = np.cumsum(np.vstack([np.log(prior), np.log(np.asarray(table)[:, seen].T)]), axis=0)
    best = scores.max(axis=1, keepdims=True)
    if np.any(best == -np.inf):
        raise ValueError
    P = np.exp(scores - best)
    P /= P.sum(axis=1, keepdims=True)
    return np.vstack([prior, P[1:]])


# %% wrong: products of thousands, normalised at the end
# hint: a product of 3001 probabilities is 0
def posterior(prior, table, seen):
    rows = np.cumprod(np.vstack([prior, np.asarray(table)[:, seen].T]), axis=0)
    total = rows.sum(axis=1, keepdims=True)
    if len(seen) < 500 and np.any(total == 0):
        raise ValueError
    return rows / total


# %% wrong: logarithms, but the exponential of what they are
# hint: exp(−2500) is 0, too
def posterior(prior, table, seen):
    with np.errstate(divide="ignore"):
        scores = np.cumsum(np.vstack([np.log(prior), np.log(np.asarray(table)[:, seen].T)]), axis=0)
    if np.any(scores.max(axis=1) == -np.inf):
        raise ValueError
    P = np.exp(scores)
    return P / np.maximum(P.sum(axis=1, keepdims=True), 1e-300)


# %% wrong: from step to step, divided each time
# hint: after 2000 pieces one hypothesis was rounded to 0
def posterior(prior, table, seen):
    rows = [np.array(prior, dtype=float) / np.sum(prior)]
    for e in seen:
        row = rows[-1] * np.asarray(table)[:, e]
        if row.sum() == 0:
            raise ValueError("impossible")
        rows.append(row / row.sum())
    return np.array(rows)


# %% wrong: a tiny number in place of 0
# hint: a weight of 0 is no small number
def posterior(prior, table, seen):
    scores = np.cumsum(
        np.vstack([np.log(np.asarray(prior) + 1e-12), np.log(np.asarray(table)[:, seen].T + 1e-12)]), axis=0
    )
    P = np.exp(scores - scores.max(axis=1, keepdims=True))
    return P / P.sum(axis=1, keepdims=True)


# %% wrong: zeros of the table left out
# hint: a likelihood of 0 was left out
def posterior(prior, table, seen):
    table = np.asarray(table, dtype=float)
    with np.errstate(divide="ignore"):
        logs = np.log(np.where(table > 0, table, 1))
        scores = np.cumsum(np.vstack([np.log(prior), logs[:, seen].T]), axis=0)
    P = np.exp(scores - scores.max(axis=1, keepdims=True))
    return P / P.sum(axis=1, keepdims=True)


# %% wrong: NaN where no hypothesis is left
# hint: 0/0: when no hypothesis is left
def posterior(prior, table, seen):
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = np.cumsum(np.vstack([np.log(prior), np.log(np.asarray(table)[:, seen].T)]), axis=0)
        P = np.exp(scores - scores.max(axis=1, keepdims=True))
    return P / P.sum(axis=1, keepdims=True)


# %% wrong: keeps the old belief where no hypothesis is left
# hint: both hypotheses are ruled out, and this keeps them
def posterior(prior, table, seen):
    with np.errstate(divide="ignore"):
        scores, columns = np.log(prior), np.log(np.asarray(table).T)
    rows = [scores]
    for e in seen:
        new = rows[-1] + columns[e]
        rows.append(new if new.max() > -np.inf else rows[-1])
    P = np.exp([row - row.max() for row in rows])
    return P / P.sum(axis=1, keepdims=True)


# %% wrong: looks for a column of zeros in the table only
# hint: though the table has no column of zeros
def posterior(prior, table, seen):
    table = np.asarray(table, dtype=float)
    if np.any(table[:, seen].max(axis=0) == 0):
        raise ValueError("impossible outcome")
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = np.cumsum(np.vstack([np.log(prior), np.log(table[:, seen].T)]), axis=0)
        P = np.exp(scores - scores.max(axis=1, keepdims=True))
    return P / P.sum(axis=1, keepdims=True)


# %% wrong: works in the prior itself
# hint: Work on a copy
def posterior(prior, table, seen):
    table = np.asarray(table, dtype=float)
    with np.errstate(divide="ignore"):
        scores = np.cumsum(np.vstack([np.log(prior), np.log(table[:, seen].T)]), axis=0)
    best = scores.max(axis=1, keepdims=True)
    if np.any(best == -np.inf):
        raise ValueError
    P = np.exp(scores - best)
    P /= P.sum(axis=1, keepdims=True)
    prior[:] = P[-1].tolist()
    return P


# %% wrong: cannot do without evidence
# hint: without any evidence there is one row
def posterior(prior, table, seen):
    steps = np.vstack([np.log(np.asarray(table)[:, e]) for e in seen])
    with np.errstate(divide="ignore"):
        scores = np.cumsum(np.vstack([np.log(prior), steps]), axis=0)
    best = scores.max(axis=1, keepdims=True)
    if np.any(best == -np.inf):
        raise ValueError
    P = np.exp(scores - best)
    return P / P.sum(axis=1, keepdims=True)


# %% wrong: the example, learned by heart
# hint: 1 · 0.9 · 0.9 against 99 · 0.09 · 0.09
def posterior(prior, table, seen):
    return np.array([[1 / 2, 1 / 2], [2 / 5, 3 / 5], [4 / 13, 9 / 13], [8 / 17, 9 / 17]])


# %% wrong: unanswered
# hint: not answered yet
def posterior(prior, table, seen):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's bayes, its source
# hint: multiply the weights by a column of the table each time
def posterior(prior, likelihood, seen=None):
    prior, likelihood = np.asarray(prior), np.asarray(likelihood)
    with np.errstate(divide="ignore"):
        scores = np.log(prior) + np.sum(np.log(likelihood.reshape(len(prior), -1)), axis=1)
    if not np.any(scores > -np.inf):
        raise ValueError("the evidence must be possible")
    e = np.exp(scores - scores.max())
    return e / e.sum()


# %% paste: mathml's bayes, imported
# hint: uses mathml.probability
from mathml.probability import bayes


def posterior(prior, table, seen):
    prior = np.array(prior) / np.sum(prior)
    return np.array([bayes(prior, np.array(table)[:, seen[:t]]) if t else prior for t in range(len(seen) + 1)])


# %% paste: the lesson's bayes
# hint: TypeError
def posterior(prior, likelihood):
    together = prior * likelihood
    return together / together.sum()
