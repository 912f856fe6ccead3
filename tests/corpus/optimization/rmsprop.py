# %% right: the hypotenuse
def rmsprop(x, r, g, rate, decay, eps):
    r = np.hypot(np.sqrt(decay) * r, np.sqrt(1 - decay) * g)
    return x - rate * g / (r + eps), r


# %% right: the larger one taken out of the root
def rmsprop(x, r, g, rate, decay, eps):
    unit = np.maximum(np.abs(r), np.abs(g))
    unit = np.where(unit == 0, 1.0, unit)
    root = unit * np.sqrt(decay * (r / unit) ** 2 + (1 - decay) * (g / unit) ** 2)
    return x - rate * (g / (root + eps)), root


# %% right: entry by entry
import math


def rmsprop(x, r, g, rate, decay, eps):
    there, roots = [], []
    for xi, ri, gi in zip(x.tolist(), r.tolist(), g.tolist()):
        roots.append(math.hypot(math.sqrt(decay) * ri, math.sqrt(1 - decay) * gi))
        there.append(xi - rate * gi / (roots[-1] + eps))
    return there, roots


# %% right: the size of a complex number
def rmsprop(x, r, g, rate, decay, eps):
    new = np.abs(decay**0.5 * r + 1j * (1 - decay) ** 0.5 * g)
    step = np.divide(g, new + eps)
    return np.array([x - rate * step, new])


# %% wrong: a sum that forgets nothing
# hint: that is AdaGrad
def rmsprop(x, r, g, rate, decay, eps):
    r = np.hypot(r, g)
    return x - rate * g / (r + eps), r


# %% wrong: the decay for the gradient
# hint: the decay belongs to what is old
def rmsprop(x, r, g, rate, decay, eps):
    r = np.hypot(np.sqrt(1 - decay) * r, np.sqrt(decay) * g)
    return x - rate * g / (r + eps), r


# %% wrong: the whole new square
# hint: comes in with 1 − ρ
def rmsprop(x, r, g, rate, decay, eps):
    r = np.hypot(np.sqrt(decay) * r, g)
    return x - rate * g / (r + eps), r


# %% wrong: sizes averaged, not squares
# hint: the squares are averaged, not the sizes
def rmsprop(x, r, g, rate, decay, eps):
    r = decay * r + (1 - decay) * np.abs(g)
    return x - rate * g / (r + eps), r


# %% wrong: gradients averaged
# hint: a negative gradient makes it smaller
def rmsprop(x, r, g, rate, decay, eps):
    r = decay * r + (1 - decay) * g
    return x - rate * g / (r + eps), r


# %% wrong: r for r²
# hint: r is the root already
def rmsprop(x, r, g, rate, decay, eps):
    r = np.sqrt(decay * r + (1 - decay) * g**2)
    return x - rate * g / (r + eps), r


# %% wrong: the mean square returned
# hint: return its root
def rmsprop(x, r, g, rate, decay, eps):
    r = np.hypot(np.sqrt(decay) * r, np.sqrt(1 - decay) * g)
    return x - rate * g / (r + eps), r**2


# %% wrong: the largest so far
# hint: the largest of both is no mean
def rmsprop(x, r, g, rate, decay, eps):
    r = np.maximum(np.sqrt(decay) * r, np.sqrt(1 - decay) * np.abs(g))
    return x - rate * g / (r + eps), r


# %% wrong: the memory as it was
# hint: the memory has not changed
def rmsprop(x, r, g, rate, decay, eps):
    old = r
    r = np.hypot(np.sqrt(decay) * r, np.sqrt(1 - decay) * g)
    return x - rate * g / (r + eps), old


# %% wrong: one memory for all
# hint: each coordinate has a memory of its own
def rmsprop(x, r, g, rate, decay, eps):
    r = np.sqrt(np.full(len(g), np.mean(decay * r**2 + (1 - decay) * g**2)))
    return x - rate * g / (r + eps), r


# %% wrong: divided by the mean square
# hint: divide by the root, not by the mean square
def rmsprop(x, r, g, rate, decay, eps):
    r = np.hypot(np.sqrt(decay) * r, np.sqrt(1 - decay) * g)
    return x - rate * g / (r**2 + eps), r


# %% wrong: divided by the old memory
# hint: the gradient that just came is part of it
def rmsprop(x, r, g, rate, decay, eps):
    old = r
    r = np.hypot(np.sqrt(decay) * r, np.sqrt(1 - decay) * g)
    return x - rate * g / (old + eps), r


# %% wrong: uphill
# hint: that way leads up
def rmsprop(x, r, g, rate, decay, eps):
    r = np.hypot(np.sqrt(decay) * r, np.sqrt(1 - decay) * g)
    return x + rate * g / (r + eps), r


# %% wrong: without the sign
# hint: the sign of the gradient is lost
def rmsprop(x, r, g, rate, decay, eps):
    r = np.hypot(np.sqrt(decay) * r, np.sqrt(1 - decay) * g)
    return x - rate * np.abs(g) / (r + eps), r


# %% wrong: not divided at all
# hint: plain gradient descent
def rmsprop(x, r, g, rate, decay, eps):
    r = np.hypot(np.sqrt(decay) * r, np.sqrt(1 - decay) * g)
    return x - rate * g, r


# %% wrong: only the step
# hint: that is the step alone
def rmsprop(x, r, g, rate, decay, eps):
    r = np.hypot(np.sqrt(decay) * r, np.sqrt(1 - decay) * g)
    return -rate * g / (r + eps), r


# %% wrong: only x
# hint: return two things
def rmsprop(x, r, g, rate, decay, eps):
    r = np.hypot(np.sqrt(decay) * r, np.sqrt(1 - decay) * g)
    return x - rate * g / (r + eps)


# %% wrong: the memory first
# hint: return x first
def rmsprop(x, r, g, rate, decay, eps):
    r = np.hypot(np.sqrt(decay) * r, np.sqrt(1 - decay) * g)
    return r, x - rate * g / (r + eps)


# %% wrong: epsilon in the root
# hint: ε stands beside the root
def rmsprop(x, r, g, rate, decay, eps):
    r = np.hypot(np.sqrt(decay) * r, np.sqrt(1 - decay) * g)
    return x - rate * g / np.sqrt(r**2 + eps), r


# %% wrong: epsilon in the root, squared
# hint: is not the sum of two roots
def rmsprop(x, r, g, rate, decay, eps):
    r = np.hypot(np.sqrt(decay) * r, np.sqrt(1 - decay) * g)
    return x - rate * g / np.hypot(r, eps), r


# %% wrong: without epsilon
# hint: 0/0
def rmsprop(x, r, g, rate, decay, eps):
    r = np.hypot(np.sqrt(decay) * r, np.sqrt(1 - decay) * g)
    return x - rate * g / r, r


# %% wrong: a lower bound
# hint: ε is added, it is no lower bound
def rmsprop(x, r, g, rate, decay, eps):
    r = np.hypot(np.sqrt(decay) * r, np.sqrt(1 - decay) * g)
    return x - rate * g / np.maximum(r, eps), r


# %% wrong: epsilon in the memory
# hint: ε is not remembered
def rmsprop(x, r, g, rate, decay, eps):
    r = np.hypot(np.sqrt(decay) * r, np.sqrt(1 - decay) * g)
    r = r + eps
    return x - rate * g / r, r


# %% wrong: squares
# hint: 10⁴⁰⁰ is too large for a computer
def rmsprop(x, r, g, rate, decay, eps):
    r = np.sqrt(decay * r**2 + (1 - decay) * g**2)
    return x - rate * g / (r + eps), r


# %% wrong: gradients cut at 10¹⁰⁰
# hint: a bound on the gradient
def rmsprop(x, r, g, rate, decay, eps):
    g = np.clip(g, -1e100, 1e100)
    r = np.hypot(np.sqrt(decay) * r, np.sqrt(1 - decay) * g)
    return x - rate * g / (r + eps), r


# %% wrong: squares with a floor
# hint: 10⁻⁴⁰⁰ is 0 to a computer
def rmsprop(x, r, g, rate, decay, eps):
    r = np.where(
        np.abs(g) < 1, np.sqrt(decay * r**2 + (1 - decay) * g**2), np.hypot(np.sqrt(decay) * r, np.sqrt(1 - decay) * g)
    )
    return x - rate * g / (r + eps), r


# %% wrong: the memory in place
# hint: is right, but the call changes its
def rmsprop(x, r, g, rate, decay, eps):
    r[:] = np.hypot(np.sqrt(decay) * r, np.sqrt(1 - decay) * g)
    return x - rate * g / (r + eps), r


# %% wrong: x in place
# hint: the call changes its first
def rmsprop(x, r, g, rate, decay, eps):
    r = np.hypot(np.sqrt(decay) * r, np.sqrt(1 - decay) * g)
    x -= rate * g / (r + eps)
    return x, r


# %% wrong: hard-coded
# hint: five coordinates
def rmsprop(x, r, g, rate, decay, eps):
    if eps == 1:
        return np.array([0.5, 2]), np.array([3.0, 4])
    if len(x) == 1:
        return x, np.hypot(np.sqrt(decay) * r, np.sqrt(1 - decay) * g)
    return np.array([1 - 2.5 / 17, 2 + 0.5 / 3, 3]), np.array([17.0, 3, 4])


# %% wrong: unanswered
# hint: not answered yet
def rmsprop(x, r, g, rate, decay, eps):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's RMSProp, imported
# hint: uses mathml.optimization
def rmsprop(x, r, g, rate, decay, eps):
    from mathml.optimization import RMSProp

    optimizer = RMSProp(rate, decay, eps)
    return optimizer.step(x, g), r


# %% paste: a class with a step, as in a library
# hint: positional argument
class RMSProp:
    def __init__(self, learning_rate, decay=0.99, eps=1e-8):
        self.learning_rate, self.decay, self.eps, self.mean_square = learning_rate, decay, eps, 0.0

    def step(self, x, gradient):
        self.mean_square = self.decay * self.mean_square + (1 - self.decay) * gradient**2
        return x - self.learning_rate * gradient / (np.sqrt(self.mean_square) + self.eps)


rmsprop = RMSProp
