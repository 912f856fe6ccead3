# %% right: measured in its largest number
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X, axis=-1, keepdims=True)
    size = np.maximum(1.0, np.max(np.abs(error), axis=-1, keepdims=True))
    error = error / size
    variance = np.mean(error * error, axis=-1, keepdims=True)
    return error / np.sqrt(variance + eps / size**2) * gain + offset


def fold(gain, offset, W, b):
    return gain[:, None] * W, offset @ W + b


# %% right: row by row, with loops and lists
def one_row(row, gain, offset, eps):
    numbers = [float(x) for x in row]
    d = len(numbers)
    mu = sum(numbers) / d
    away = [x - mu for x in numbers]
    largest = max(abs(a) for a in away)
    if largest > 1e100:  # eps no longer counts
        away = [a / largest for a in away]
        root = (sum(a * a for a in away) / d) ** 0.5
    else:
        root = (sum(a * a for a in away) / d + eps) ** 0.5
    return [g * a / root + o for g, a, o in zip(gain, away, offset)]


def layer_norm(X, gain, offset, eps):
    if np.ndim(X) == 1:
        return one_row(X, gain, offset, eps)
    return [layer_norm(part, gain, offset, eps) for part in X]


def fold(gain, offset, W, b):
    return np.diag(gain) @ W, b + W.T @ offset


# %% right: by the length of the row: numpy.linalg.norm of what is scaled
def layer_norm(X, gain, offset, eps):
    X = np.array(X, dtype=np.longdouble)
    away = X - X.mean(-1, keepdims=True)
    largest = np.abs(away).max(-1, keepdims=True)
    largest[largest == 0] = 1
    spread = np.linalg.norm((away / largest).astype(float), axis=-1, keepdims=True) / np.sqrt(X.shape[-1]) * largest
    return (away / np.hypot(spread, np.sqrt(eps)) * gain + offset).astype(float)


def fold(gain, offset, W, b):
    d = len(gain)
    b_new = b + offset @ W
    W_new = np.array([gain[i] * W[i] for i in range(d)])
    return W_new, b_new


# %% right: the offset folded by a probe
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X, axis=-1, keepdims=True)
    size = np.maximum(1.0, np.max(np.abs(error), axis=-1, keepdims=True))
    error = error / size
    variance = np.mean(error * error, axis=-1, keepdims=True)
    return error / np.sqrt(variance + eps / size**2) * gain + offset


def fold(gain, offset, W, b):
    def after(row):
        return (gain * row + offset) @ W + b

    b_new = after(np.zeros(len(gain)))
    return np.array([after(row) - b_new for row in np.eye(len(gain))]), b_new


# %% wrong: the formula as it stands
# hint: the square of 10²⁰⁰ is ∞
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    mean = X.mean(axis=-1, keepdims=True)
    variance = X.var(axis=-1, keepdims=True)
    return gain * (X - mean) / np.sqrt(variance + eps) + offset


def fold(gain, offset, W, b):
    return gain[:, None] * W, offset @ W + b


# %% wrong: in the precision that came
# hint: in half precision 300² is ∞
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X)
    error = X - np.mean(X, axis=-1, keepdims=True)
    size = np.maximum(1.0, np.max(np.abs(error), axis=-1, keepdims=True))
    error = error / size
    variance = np.mean(error * error, axis=-1, keepdims=True)
    return error / np.sqrt(variance + eps / size**2) * gain + offset


def fold(gain, offset, W, b):
    return gain[:, None] * W, offset @ W + b


# %% wrong: scaled, but eps not
# hint: eps is measured in other units now
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X, axis=-1, keepdims=True)
    size = np.max(np.abs(error), axis=-1, keepdims=True)
    size = np.where(size > 0, size, 1)
    error = error / size
    variance = np.mean(error * error, axis=-1, keepdims=True)
    return error / np.sqrt(variance + eps) * gain + offset


def fold(gain, offset, W, b):
    return gain[:, None] * W, offset @ W + b


# %% wrong: scaled by the largest of the whole table
# hint: one unit for the whole table
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X, axis=-1, keepdims=True)
    size = np.maximum(1.0, np.max(np.abs(error)))
    error = error / size
    variance = np.mean(error * error, axis=-1, keepdims=True)
    return error / np.sqrt(variance + eps / size**2) * gain + offset


def fold(gain, offset, W, b):
    return gain[:, None] * W, offset @ W + b


# %% wrong: divided by n − 1
# hint: divide by d for the variance
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X, axis=-1, keepdims=True)
    size = np.maximum(1.0, np.max(np.abs(error), axis=-1, keepdims=True))
    error = error / size
    variance = np.sum(error * error, axis=-1, keepdims=True) / (X.shape[-1] - 1)
    return error / np.sqrt(variance + eps / size**2) * gain + offset


def fold(gain, offset, W, b):
    return gain[:, None] * W, offset @ W + b


# %% wrong: eps outside the root
# hint: ε stands under the root
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X, axis=-1, keepdims=True)
    size = np.maximum(1.0, np.max(np.abs(error), axis=-1, keepdims=True))
    error = error / size
    variance = np.mean(error * error, axis=-1, keepdims=True)
    return error / (np.sqrt(variance) + eps / size) * gain + offset


def fold(gain, offset, W, b):
    return gain[:, None] * W, offset @ W + b


# %% wrong: the root forgotten
# hint: by the root of the variance
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X, axis=-1, keepdims=True)
    size = np.maximum(1.0, np.max(np.abs(error), axis=-1, keepdims=True))
    error = error / size
    variance = np.mean(error * error, axis=-1, keepdims=True)
    return error / ((variance + eps / size**2) * size) * gain + offset


def fold(gain, offset, W, b):
    return gain[:, None] * W, offset @ W + b


# %% wrong: columns normalised
# hint: each row by itself: here each column
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X, axis=0, keepdims=True)
    size = np.maximum(1.0, np.max(np.abs(error), axis=0, keepdims=True))
    error = error / size
    variance = np.mean(error * error, axis=0, keepdims=True)
    return error / np.sqrt(variance + eps / size**2) * gain + offset


def fold(gain, offset, W, b):
    return gain[:, None] * W, offset @ W + b


# %% wrong: one mean for the whole table
# hint: one mean for the whole table
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X)
    size = np.maximum(1.0, np.max(np.abs(error)))
    error = error / size
    variance = np.mean(error * error)
    return error / np.sqrt(variance + eps / size**2) * gain + offset


def fold(gain, offset, W, b):
    return gain[:, None] * W, offset @ W + b


# %% wrong: the mean not subtracted
# hint: take the mean of the row off first
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X
    size = np.maximum(1.0, np.max(np.abs(error), axis=-1, keepdims=True))
    error = error / size
    variance = np.mean(error * error, axis=-1, keepdims=True)
    return error / np.sqrt(variance + eps / size**2) * gain + offset


def fold(gain, offset, W, b):
    return gain[:, None] * W, offset @ W + b


# %% wrong: the second moment for the variance
# hint: the squares of what is left after the mean
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X, axis=-1, keepdims=True)
    size = np.maximum(1.0, np.max(np.abs(error), axis=-1, keepdims=True))
    error = error / size
    variance = np.mean(X / size * (X / size), axis=-1, keepdims=True)
    return error / np.sqrt(variance + eps / size**2) * gain + offset


def fold(gain, offset, W, b):
    return gain[:, None] * W, offset @ W + b


# %% wrong: keepdims forgotten
# hint: keepdims=True
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X, axis=-1)
    size = np.maximum(1.0, np.max(np.abs(error), axis=-1, keepdims=True))
    error = error / size
    variance = np.mean(error * error, axis=-1, keepdims=True)
    return error / np.sqrt(variance + eps / size**2) * gain + offset


def fold(gain, offset, W, b):
    return gain[:, None] * W, offset @ W + b


# %% wrong: the gain after the offset
# hint: first the gain, then the offset
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X, axis=-1, keepdims=True)
    size = np.maximum(1.0, np.max(np.abs(error), axis=-1, keepdims=True))
    error = error / size
    variance = np.mean(error * error, axis=-1, keepdims=True)
    return (error / np.sqrt(variance + eps / size**2) + offset) * gain


def fold(gain, offset, W, b):
    return gain[:, None] * W, offset @ W + b


# %% wrong: the gain for rows
# hint: the gain belongs to the columns
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X, axis=-1, keepdims=True)
    size = np.maximum(1.0, np.max(np.abs(error), axis=-1, keepdims=True))
    error = error / size
    variance = np.mean(error * error, axis=-1, keepdims=True)
    return error / np.sqrt(variance + eps / size**2) * gain[:, None] + offset


def fold(gain, offset, W, b):
    return gain[:, None] * W, offset @ W + b


# %% wrong: gain and offset forgotten
# hint: gain and offset come last
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X, axis=-1, keepdims=True)
    size = np.maximum(1.0, np.max(np.abs(error), axis=-1, keepdims=True))
    error = error / size
    variance = np.mean(error * error, axis=-1, keepdims=True)
    return error / np.sqrt(variance + eps / size**2)


def fold(gain, offset, W, b):
    return gain[:, None] * W, offset @ W + b


# %% wrong: no eps
# hint: ε is missing: it is added
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X, axis=-1, keepdims=True)
    size = np.maximum(1.0, np.max(np.abs(error), axis=-1, keepdims=True))
    error = error / size
    variance = np.mean(error * error, axis=-1, keepdims=True)
    return error / np.sqrt(variance) * gain + offset


def fold(gain, offset, W, b):
    return gain[:, None] * W, offset @ W + b


# %% wrong: the larger of deviation and eps
# hint: eps is added, not a floor
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X, axis=-1, keepdims=True)
    size = np.maximum(1.0, np.max(np.abs(error), axis=-1, keepdims=True))
    error = error / size
    variance = np.mean(error * error, axis=-1, keepdims=True)
    return error / np.maximum(np.sqrt(variance), np.sqrt(eps) / size) * gain + offset


def fold(gain, offset, W, b):
    return gain[:, None] * W, offset @ W + b


# %% wrong: tables only
# hint: one row alone, or a stack
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X, axis=1, keepdims=True)
    size = np.maximum(1.0, np.max(np.abs(error), axis=1, keepdims=True))
    error = error / size
    variance = np.mean(error * error, axis=1, keepdims=True)
    return error / np.sqrt(variance + eps / size**2) * gain + offset


def fold(gain, offset, W, b):
    return gain[:, None] * W, offset @ W + b


# %% wrong: X centred in place
# hint: is right, but the call changes its
def layer_norm(X, gain, offset, eps):
    error = X
    error -= np.mean(X, axis=-1, keepdims=True)
    size = np.maximum(1.0, np.max(np.abs(error), axis=-1, keepdims=True))
    error = error / size
    variance = np.mean(error * error, axis=-1, keepdims=True)
    return error / np.sqrt(variance + eps / size**2) * gain + offset


def fold(gain, offset, W, b):
    return gain[:, None] * W, offset @ W + b


# %% wrong: the gain into the outputs
# hint: the gain belongs to the inputs of W, its rows
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X, axis=-1, keepdims=True)
    size = np.maximum(1.0, np.max(np.abs(error), axis=-1, keepdims=True))
    error = error / size
    variance = np.mean(error * error, axis=-1, keepdims=True)
    return error / np.sqrt(variance + eps / size**2) * gain + offset


def fold(gain, offset, W, b):
    return gain * W, offset @ W + b


# %% wrong: divided by the gain
# hint: multiplied into W, not divided out
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X, axis=-1, keepdims=True)
    size = np.maximum(1.0, np.max(np.abs(error), axis=-1, keepdims=True))
    error = error / size
    variance = np.mean(error * error, axis=-1, keepdims=True)
    return error / np.sqrt(variance + eps / size**2) * gain + offset


def fold(gain, offset, W, b):
    return W / gain[:, None], offset @ W + b


# %% wrong: W as it was
# hint: the gain is still missing
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X, axis=-1, keepdims=True)
    size = np.maximum(1.0, np.max(np.abs(error), axis=-1, keepdims=True))
    error = error / size
    variance = np.mean(error * error, axis=-1, keepdims=True)
    return error / np.sqrt(variance + eps / size**2) * gain + offset


def fold(gain, offset, W, b):
    return W, offset @ W + b


# %% wrong: the offset added to b
# hint: the offset passes through W first
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X, axis=-1, keepdims=True)
    size = np.maximum(1.0, np.max(np.abs(error), axis=-1, keepdims=True))
    error = error / size
    variance = np.mean(error * error, axis=-1, keepdims=True)
    return error / np.sqrt(variance + eps / size**2) * gain + offset


def fold(gain, offset, W, b):
    return gain[:, None] * W, offset + b


# %% wrong: the old b forgotten
# hint: the old b is still needed
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X, axis=-1, keepdims=True)
    size = np.maximum(1.0, np.max(np.abs(error), axis=-1, keepdims=True))
    error = error / size
    variance = np.mean(error * error, axis=-1, keepdims=True)
    return error / np.sqrt(variance + eps / size**2) * gain + offset


def fold(gain, offset, W, b):
    return gain[:, None] * W, offset @ W


# %% wrong: the offset stretched by the gain
# hint: the offset is not stretched by the gain
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X, axis=-1, keepdims=True)
    size = np.maximum(1.0, np.max(np.abs(error), axis=-1, keepdims=True))
    error = error / size
    variance = np.mean(error * error, axis=-1, keepdims=True)
    return error / np.sqrt(variance + eps / size**2) * gain + offset


def fold(gain, offset, W, b):
    return gain[:, None] * W, (gain * offset) @ W + b


# %% wrong: through the transposed W
# hint: W is (d, m): its rows belong to
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X, axis=-1, keepdims=True)
    size = np.maximum(1.0, np.max(np.abs(error), axis=-1, keepdims=True))
    error = error / size
    variance = np.mean(error * error, axis=-1, keepdims=True)
    return error / np.sqrt(variance + eps / size**2) * gain + offset


def fold(gain, offset, W, b):
    return gain[:, None] * W, W @ offset + b


# %% wrong: W changed in place
# hint: changes its third argument
def layer_norm(X, gain, offset, eps):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X, axis=-1, keepdims=True)
    size = np.maximum(1.0, np.max(np.abs(error), axis=-1, keepdims=True))
    error = error / size
    variance = np.mean(error * error, axis=-1, keepdims=True)
    return error / np.sqrt(variance + eps / size**2) * gain + offset


def fold(gain, offset, W, b):
    b = offset @ W + b
    W *= gain[:, None]
    return W, b


# %% wrong: hard-coded
# hint: the layer norm of 10²⁰⁰ x is that of x
def layer_norm(X, gain, offset, eps):
    if np.shape(X) == (3, 3):
        return [
            [-0.222315119, -0.722315119, -0.0834726778],
            [-0.34016805, 1.6803361, 1],
            [1.10302269, 1.20604538, 2.20604538],
        ]
    if np.shape(X) == (2, 4):
        return [[5, 6, 7, 8], [4.00000125, 7.9999975, 4.00000375, 11.999995]]
    return np.zeros(np.shape(X)) + offset


def fold(gain, offset, W, b):
    return W, b


# %% wrong: unanswered
# hint: not answered yet
def layer_norm(X, gain, offset, eps):
    raise NotImplementedError("not answered yet")


def fold(gain, offset, W, b):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's layer norm, imported
# hint: uses mathml.attention
from mathml.attention import layer_norm


# %% paste: mathml's layer norm, copied
# hint: name 'fold' is not defined
def layer_norm(X, gain=None, offset=None, eps=1e-5):
    X = np.asarray(X, dtype=float)
    error = X - np.mean(X, axis=-1, keepdims=True)
    rows = error / np.sqrt(np.mean(error * error, axis=-1, keepdims=True) + eps)
    if gain is not None:
        rows = rows * gain
    if offset is not None:
        rows = rows + offset
    return rows
