# %% right: slices of a permutation
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        order = rng.permutation(n)
        plan.append([order[k : k + size] for k in range(0, n, size)])
    return plan


def whole_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


# %% right: shuffles, and splits
def mini_batches(n, size, epochs, rng):
    if not size > 0:
        raise ValueError("a batch of nothing")
    indices = np.arange(n)
    return [np.split(rng.permuted(indices), range(size, n, size)) if n else [] for _ in range(epochs)]


def whole_gradient(gradients, sizes):
    shares = np.array(sizes) / np.sum(sizes)
    return shares @ np.array(gradients)


# %% right: random keys, and lists of numbers
def one_epoch(n, size, rng):
    left = sorted(range(n), key=list(rng.random(n)).__getitem__)
    while left:
        yield left[:size]
        left = left[size:]


def mini_batches(n, size, epochs, rng):
    if size <= 0:
        raise ValueError("size")
    return [list(one_epoch(n, size, rng)) for _ in range(epochs)]


def whole_gradient(gradients, sizes):
    total = 0.0
    for g, m in zip(gradients, sizes):
        total = total + m * np.asarray(g)
    return total / sum(sizes)


# %% right: draws one index after the other
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError("a batch has at least one example")
    plan = []
    for _ in range(epochs):
        urn, batches = list(range(n)), []
        while urn:
            if not batches or len(batches[-1]) == size:
                batches.append([])
            batches[-1].append(urn.pop(int(rng.integers(len(urn)))))
        plan.append(batches)
    return plan


def whole_gradient(gradients, sizes):
    return sum(np.repeat(gradients, sizes, axis=0)) / np.sum(sizes)


# %% wrong: drops the rest
# hint: the short batch at the end is missing
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        order = rng.permutation(n)
        plan.append([order[k : k + size] for k in range(0, n - size + 1, size)])
    return plan


def whole_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


# %% wrong: batches of equal size
# hint: the rest was shared out among the batches
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        order = rng.permutation(n)
        plan.append(np.array_split(order, -(-n // size)))
    return plan


def whole_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


# %% wrong: fewer and larger batches
# hint: the rest was put into the others
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        order = rng.permutation(n)
        plan.append(np.array_split(order, max(n // size, 1)))
    return plan


def whole_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


# %% wrong: fills the last one up
# hint: the last batch was filled up
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        order = rng.permutation(n)
        order = np.concatenate([order, order[: -n % size]])
        plan.append([order[k : k + size] for k in range(0, n, size)])
    return plan


def whole_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


# %% wrong: size is the number of batches
# hint: so many batches, but so many in each
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        order = rng.permutation(n)
        plan.append([order[k : k + -(-n // size)] for k in range(0, n, -(-n // size))])
    return plan


def whole_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


# %% wrong: windows that overlap
# hint: each window begins one later
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        order = rng.permutation(n)
        plan.append([order[k : k + size] for k in range(n)])
    return plan


def whole_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


# %% wrong: with replacement, from all
# hint: drawn with replacement
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        plan.append([rng.integers(n, size=min(size, n - k)) for k in range(0, n, size)])
    return plan


def whole_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


# %% wrong: each batch by itself
# hint: no batch knows what the others took
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        plan.append([rng.choice(n, min(size, n - k), replace=False) for k in range(0, n, size)])
    return plan


def whole_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


# %% wrong: from 1 to n
# hint: indices go from 0 to n − 1
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        order = rng.permutation(n) + 1
        plan.append([order[k : k + size] for k in range(0, n, size)])
    return plan


def whole_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


# %% wrong: all epochs in one list
# hint: one list for each epoch
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        order = rng.permutation(n)
        plan.extend([order[k : k + size] for k in range(0, n, size)])
    return plan


def whole_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


# %% wrong: the first epoch only
# hint: so many epochs are asked for
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        order = rng.permutation(n)
        plan.append([order[k : k + size] for k in range(0, n, size)])
    return plan[:1]


def whole_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


# %% wrong: no order but their own
# hint: that is the order in which they stand
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        order = np.arange(n)
        plan.append([order[k : k + size] for k in range(0, n, size)])
    return plan


def whole_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


# %% wrong: one order for all epochs
# hint: each epoch needs a new order
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    order = rng.permutation(n)
    for _ in range(epochs):
        plan.append([order[k : k + size] for k in range(0, n, size)])
    return plan


def whole_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


# %% wrong: an own seed
# hint: whatever generator is given
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        order = np.random.default_rng(len(plan)).permutation(n)
        plan.append([order[k : k + size] for k in range(0, n, size)])
    return plan


def whole_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


# %% wrong: NumPy's global state
# hint: the same generator must give the same batches
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        order = np.random.permutation(n)
        plan.append([order[k : k + size] for k in range(0, n, size)])
    return plan


def whole_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


# %% wrong: shuffles the batches only
# hint: the same examples are always together
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        batches = [np.arange(k, min(k + size, n)) for k in range(0, n, size)]
        plan.append([batches[i] for i in rng.permutation(len(batches))])
    return plan


def whole_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


# %% wrong: shuffles within the batches only
# hint: the same examples are always in the same batch
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        plan.append([rng.permutation(np.arange(k, min(k + size, n))) for k in range(0, n, size)])
    return plan


def whole_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


# %% wrong: turned round, not shuffled
# hint: an order that is only turned round
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        order = np.roll(np.arange(n), rng.integers(n))
        plan.append([order[k : k + size] for k in range(0, n, size)])
    return plan


def whole_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


# %% wrong: one array, shuffled again and again
# hint: one array for all epochs
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan, order = [], np.arange(n)
    for _ in range(epochs):
        rng.shuffle(order)
        plan.append([order[k : k + size] for k in range(0, n, size)])
    return plan


def whole_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


# %% wrong: no example, one empty batch
# hint: no example makes no batch
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        order = rng.permutation(n)
        plan.append(np.split(order, range(size, n, size)))
    return plan


def whole_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


# %% wrong: no batches at all for size 0
# hint: a batch holds at least one example
def mini_batches(n, size, epochs, rng):
    if size < 1:
        return [[] for _ in range(epochs)]
    plan = []
    for _ in range(epochs):
        order = rng.permutation(n)
        plan.append([order[k : k + size] for k in range(0, n, size)])
    return plan


def whole_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


# %% wrong: the plain mean
# hint: each batch has the same say
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        order = rng.permutation(n)
        plan.append([order[k : k + size] for k in range(0, n, size)])
    return plan


def whole_gradient(gradients, sizes):
    return np.mean(gradients, axis=0)


# %% wrong: the sum of the gradients
# hint: these are the gradients added up
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        order = rng.permutation(n)
        plan.append([order[k : k + size] for k in range(0, n, size)])
    return plan


def whole_gradient(gradients, sizes):
    return np.sum(gradients, axis=0)


# %% wrong: weighted, and not divided
# hint: divide by how many examples there are
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        order = rng.permutation(n)
        plan.append([order[k : k + size] for k in range(0, n, size)])
    return plan


def whole_gradient(gradients, sizes):
    return np.array(sizes) @ np.array(gradients)


# %% wrong: divided by the number of batches
# hint: by the number of examples, not of batches
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        order = rng.permutation(n)
        plan.append([order[k : k + size] for k in range(0, n, size)])
    return plan


def whole_gradient(gradients, sizes):
    return np.array(sizes) @ np.array(gradients) / len(sizes)


# %% wrong: weights the wrong way
# hint: the larger batch must count for more
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        order = rng.permutation(n)
        plan.append([order[k : k + size] for k in range(0, n, size)])
    return plan


def whole_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=1 / np.array(sizes))


# %% wrong: one number for all parameters
# hint: one number for each parameter
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        order = rng.permutation(n)
        plan.append([order[k : k + size] for k in range(0, n, size)])
    return plan


def whole_gradient(gradients, sizes):
    return np.average(np.mean(gradients, axis=1), weights=sizes)


# %% wrong: multiplies the gradients themselves
# hint: is right, but the call changes its
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError(f"size is {size}")
    plan = []
    for _ in range(epochs):
        order = rng.permutation(n)
        plan.append([order[k : k + size] for k in range(0, n, size)])
    return plan


def whole_gradient(gradients, sizes):
    gradients *= np.reshape(sizes, (-1, 1)) / np.sum(sizes)
    return gradients.sum(axis=0)


# %% wrong: hard-coded
# hint: seven examples in batches of 3
def mini_batches(n, size, epochs, rng):
    if size < 1:
        raise ValueError("size")
    if (n, size) == (10, 4):
        order = [rng.permutation(10) for _ in range(epochs)]
        return [[o[:4], o[4:8], o[8:]] for o in order]
    order = [rng.permutation(6) for _ in range(epochs)]
    return [[o[:2], o[2:4], o[4:]] for o in order]


def whole_gradient(gradients, sizes):
    return np.array([1.6, 5.8])


# %% wrong: unanswered
# hint: not answered yet
def mini_batches(n, size, epochs, rng):
    raise NotImplementedError("not answered yet")


def whole_gradient(gradients, sizes):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's, imported
# hint: uses mathml.optimization
from mathml.optimization import minibatches


def mini_batches(n, size, epochs, rng):
    return [list(minibatches(n, size, rng)) for _ in range(epochs)]


def whole_gradient(gradients, sizes):
    return np.average(gradients, axis=0, weights=sizes)


# %% paste: mathml's, its source
# hint: but 4 were given
def mini_batches(n, batch_size, rng=None):
    order = np.random.default_rng(rng).permutation(n)
    return (order[first : first + batch_size] for first in range(0, n, batch_size))


def whole_gradient(gradients):
    return np.mean(gradients, axis=0)
