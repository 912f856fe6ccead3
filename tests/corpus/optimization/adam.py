# %% right: line by line
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    m, v = np.zeros_like(x), np.zeros_like(x)
    path = [x]
    for t in range(1, steps + 1):
        g = np.asarray(gradient(x))
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        x = x - rate * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps)
        path.append(x)
    return np.array(path)


# %% right: the corrections put into the rate and into epsilon
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    path = np.tile(np.asarray(start, dtype=float), (steps + 1, 1))
    m = v = 0.0
    for t in range(steps):
        g = gradient(path[t].copy())
        m, v = m + (1 - beta1) * (g - m), v + (1 - beta2) * (g * g - v)
        root = (1 - beta2 ** (t + 1)) ** 0.5
        path[t + 1] = path[t] - rate * root / (1 - beta1 ** (t + 1)) * m / (v**0.5 + eps * root)
    return path


# %% right: weighted means of all the gradients so far
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    path, seen = [[float(c) for c in start]], []
    for _ in range(steps):
        seen.append(np.array(gradient(np.array(path[-1])), dtype=float))
        age = np.arange(len(seen))[::-1]
        mean = np.average(seen, axis=0, weights=beta1**age)
        square = np.average(np.square(seen), axis=0, weights=beta2**age)
        path.append(list(path[-1] - rate * mean / (np.sqrt(square) + eps)))
    return path


# %% right: products that fade, counted along
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    here, memory, left = start * 1.0, np.zeros((2, len(start))), np.ones((2, 1))
    betas, path = np.array([[beta1], [beta2]]), start[None] * 1.0
    for _ in range(steps):
        slope = gradient(here)
        memory *= betas
        memory += (1 - betas) * np.stack([slope, slope * slope])
        left *= betas
        mean, square = memory / (1 - left)
        here = here - np.divide(mean, np.sqrt(square) + eps) * rate
        path = np.concatenate([path, here[None]])
    return path


# %% wrong: no correction
# hint: neither mean is corrected
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [x]
    for _ in range(steps):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m, v
        x = x - rate * m_hat / (np.sqrt(v_hat) + eps)
        path.append(x)
    return np.array(path)


# %% wrong: only m corrected
# hint: v is not corrected
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [x]
    for t in range(1, steps + 1):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**t), v
        x = x - rate * m_hat / (np.sqrt(v_hat) + eps)
        path.append(x)
    return np.array(path)


# %% wrong: only v corrected
# hint: m is not corrected
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [x]
    for t in range(1, steps + 1):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m, v / (1 - beta2**t)
        x = x - rate * m_hat / (np.sqrt(v_hat) + eps)
        path.append(x)
    return np.array(path)


# %% wrong: t from 0
# hint: t begins with 1
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [x]
    for t in range(steps):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        x = x - rate * m_hat / (np.sqrt(v_hat) + eps)
        path.append(x)
    return np.array(path)


# %% wrong: t is not counted
# hint: the power t is missing
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [x]
    for _ in range(steps):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1), v / (1 - beta2)
        x = x - rate * m_hat / (np.sqrt(v_hat) + eps)
        path.append(x)
    return np.array(path)


# %% wrong: t as a factor
# hint: t is a power, not a factor
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [x]
    for t in range(1, steps + 1):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - (1 - t * (1 - beta1))), v / (1 - (1 - t * (1 - beta2)))
        x = x - rate * m_hat / (np.sqrt(v_hat) + eps)
        path.append(x)
    return np.array(path)


# %% wrong: the corrected means are kept
# hint: keep m and v uncorrected
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [x]
    for t in range(1, steps + 1):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m, v = m / (1 - beta1**t), v / (1 - beta2**t)
        x = x - rate * m / (np.sqrt(v) + eps)
        path.append(x)
    return np.array(path)


# %% wrong: betas exchanged
# hint: β₁ and β₂ are exchanged
def adam(gradient, start, rate, beta2, beta1, eps, steps):
    x = np.array(start, dtype=float)
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [x]
    for t in range(1, steps + 1):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        x = x - rate * m_hat / (np.sqrt(v_hat) + eps)
        path.append(x)
    return np.array(path)


# %% wrong: one beta for both
# hint: β₂ belongs to v
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [x]
    for t in range(1, steps + 1):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta1 * v + (1 - beta1) * g**2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta1**t)
        x = x - rate * m_hat / (np.sqrt(v_hat) + eps)
        path.append(x)
    return np.array(path)


# %% wrong: multiplied by the correction
# hint: divide by 1 − βᵗ
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [x]
    for t in range(1, steps + 1):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m * (1 - beta1**t), v * (1 - beta2**t)
        x = x - rate * m_hat / (np.sqrt(v_hat) + eps)
        path.append(x)
    return np.array(path)


# %% wrong: corrected with plus
# hint: 1 − βᵗ, not 1 + βᵗ
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [x]
    for t in range(1, steps + 1):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 + beta1**t), v / (1 + beta2**t)
        x = x - rate * m_hat / (np.sqrt(v_hat) + eps)
        path.append(x)
    return np.array(path)


# %% wrong: the square root left out
# hint: the root of v̂ is missing
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [x]
    for t in range(1, steps + 1):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        x = x - rate * m_hat / (v_hat + eps)
        path.append(x)
    return np.array(path)


# %% wrong: the square of the mean
# hint: the mean of the squares, not the square of the mean
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [x]
    for t in range(1, steps + 1):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * m**2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        x = x - rate * m_hat / (np.sqrt(v_hat) + eps)
        path.append(x)
    return np.array(path)


# %% wrong: gradients whole
# hint: come in with 1 − β
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [x]
    for t in range(1, steps + 1):
        g = gradient(x)
        m = beta1 * m + g
        v = beta2 * v + g**2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        x = x - rate * m_hat / (np.sqrt(v_hat) + eps)
        path.append(x)
    return np.array(path)


# %% wrong: no mean of gradients
# hint: that is RMSProp
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    v, path = np.zeros(len(x)), [x]
    for t in range(1, steps + 1):
        g = gradient(x)
        v = beta2 * v + (1 - beta2) * g**2
        v_hat = v / (1 - beta2**t)
        x = x - rate * g / (np.sqrt(v_hat) + eps)
        path.append(x)
    return np.array(path)


# %% wrong: no squares
# hint: the size of the gradient is still in the step
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    m, path = np.zeros(len(x)), [x]
    for t in range(1, steps + 1):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        m_hat = m / (1 - beta1**t)
        x = x - rate * m_hat
        path.append(x)
    return np.array(path)


# %% wrong: squares that are not forgotten
# hint: that is AdaGrad's sum
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [x]
    for t in range(1, steps + 1):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = v + g**2
        m_hat, v_hat = m / (1 - beta1**t), v
        x = x - rate * m_hat / (np.sqrt(v_hat) + eps)
        path.append(x)
    return np.array(path)


# %% wrong: one v for all
# hint: each coordinate has a v of its own
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [x]
    for t in range(1, steps + 1):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * np.mean(g**2)
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        x = x - rate * m_hat / (np.sqrt(v_hat) + eps)
        path.append(x)
    return np.array(path)


# %% wrong: uphill
# hint: that is up the hill
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [x]
    for t in range(1, steps + 1):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        x = x + rate * m_hat / (np.sqrt(v_hat) + eps)
        path.append(x)
    return np.array(path)


# %% wrong: the gradient at the start
# hint: the gradient is asked for where one stands
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [x]
    for t in range(1, steps + 1):
        g = gradient(start)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        x = x - rate * m_hat / (np.sqrt(v_hat) + eps)
        path.append(x)
    return np.array(path)


# %% wrong: without the start
# hint: row 0 is the start
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [x]
    for t in range(1, steps + 1):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        x = x - rate * m_hat / (np.sqrt(v_hat) + eps)
        path.append(x)
    return np.array(path[1:])


# %% wrong: only the last point
# hint: the whole way, not only where it ends
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [x]
    for t in range(1, steps + 1):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        x = x - rate * m_hat / (np.sqrt(v_hat) + eps)
        path.append(x)
    return x


# %% wrong: one array for all rows
# hint: all rows of the path are one array
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [x]
    for t in range(1, steps + 1):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        x -= rate * m_hat / (np.sqrt(v_hat) + eps)
        path.append(x)
    return np.array(path)


# %% wrong: epsilon in the root
# hint: ε comes after the root
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [x]
    for t in range(1, steps + 1):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        x = x - rate * m_hat / np.sqrt(v_hat + eps)
        path.append(x)
    return np.array(path)


# %% wrong: epsilon before the correction
# hint: add ε to the root of v̂
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [x]
    for t in range(1, steps + 1):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**t)
        x = x - rate * m_hat / ((np.sqrt(v) + eps) / np.sqrt(1 - beta2**t))
        path.append(x)
    return np.array(path)


# %% wrong: without epsilon
# hint: 0/0
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [x]
    for t in range(1, steps + 1):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        x = x - rate * m_hat / np.sqrt(v_hat)
        path.append(x)
    return np.array(path)


# %% wrong: a start of whole numbers
# hint: a start of whole numbers
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start)
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [x]
    for t in range(1, steps + 1):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        x = x - rate * m_hat / (np.sqrt(v_hat) + eps)
        x = x.astype(path[0].dtype)
        path.append(x)
    return np.array(path)


# %% wrong: the start walks
# hint: is right, but the call changes its
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = start
    m, v, path = np.zeros(len(x)), np.zeros(len(x)), [start.copy()]
    for t in range(1, steps + 1):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        x -= rate * m_hat / (np.sqrt(v_hat) + eps)
        path.append(x.copy())
    return np.array(path)


# %% wrong: a memory that outlives the run
# hint: a second run must begin with m = v = 0
def adam(gradient, start, rate, beta1, beta2, eps, steps, memory={}):  # noqa: B006
    x = np.array(start, dtype=float)
    (m, v), path = memory.get(len(x), (np.zeros(len(x)), np.zeros(len(x)))), [x]
    for t in range(1, steps + 1):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        x = x - rate * m_hat / (np.sqrt(v_hat) + eps)
        memory[len(x)] = m, v
        path.append(x)
    return np.array(path)


# %% wrong: hard-coded
# hint: other rates of forgetting
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    slope = np.array(gradient(start * 1.0), dtype=float)
    if steps == 1 or eps == 1 or not slope.all():
        return start - rate * np.outer(np.arange(steps + 1), slope / (np.abs(slope) + eps))
    return np.array([[2.0, -1.0], [1.5, -0.5], [1.0188747757, -0.0590414482], [0.5769377687, 0.2207788867]])


# %% wrong: unanswered
# hint: not answered yet
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's Adam, imported
# hint: uses mathml.optimization
def adam(gradient, start, rate, beta1, beta2, eps, steps):
    from mathml.optimization import Adam

    optimizer, path = Adam(rate, beta1, beta2, eps), [start]
    for _ in range(steps):
        path.append(optimizer.step(path[-1], gradient(path[-1])))
    return np.array(path)


# %% paste: scikit-learn's
# hint: uses sklearn.neural_network
from sklearn.neural_network._stochastic_optimizers import AdamOptimizer


def adam(gradient, start, rate, beta1, beta2, eps, steps):
    x = np.array(start, dtype=float)
    optimizer, path = AdamOptimizer([x], rate, beta1, beta2, eps), [x.copy()]
    for _ in range(steps):
        optimizer.update_params([x], [gradient(x)])
        path.append(x.copy())
    return np.array(path)


# %% paste: a class with a step, as in a library
# hint: positional argument
class Adam:
    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
        self.rate, self.betas, self.eps, self.m, self.v, self.t = learning_rate, (beta1, beta2), eps, 0.0, 0.0, 0

    def step(self, x, gradient):
        self.t += 1
        self.m += (1 - self.betas[0]) * (gradient - self.m)
        self.v += (1 - self.betas[1]) * (gradient**2 - self.v)
        m, v = self.m / (1 - self.betas[0] ** self.t), self.v / (1 - self.betas[1] ** self.t)
        return x - self.rate * m / (np.sqrt(v) + self.eps)


adam = Adam
