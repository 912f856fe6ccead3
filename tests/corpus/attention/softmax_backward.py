# %% right: the broken code, mended
def softmax_backward(w, g, temperature):
    mean = np.sum(w * g, axis=-1, keepdims=True)
    return w * (g - mean) / temperature


# %% right: by the Jacobian
def softmax_backward(w, g, temperature):
    w = np.asarray(w, dtype=float)
    jacobian = w[..., :, None] * (np.eye(w.shape[-1]) - w[..., None, :])
    return np.einsum("...jk,...k->...j", jacobian, g) / temperature


# %% right: what is left of w g
def softmax_backward(w, g, temperature):
    product = np.multiply(w, g) / temperature
    return product - w * np.einsum("...j->...", product)[..., None]


# %% wrong: nothing mended
# hint: this is what the broken code gives: nothing is mended yet
def softmax_backward(w, g, temperature):

    mean = np.mean(w * g, axis=-1)
    return w * (1 - w) * (g - mean)


# %% wrong: the mean a sum
# hint: the mean is a sum by the weights now; look at its shape, and at the factor in front
def softmax_backward(w, g, temperature):
    mean = np.sum(w * g, axis=-1)
    return w * (1 - w) * (g - mean)


# %% wrong: keepdims only
# hint: each row has its own mean now; the weights are divided out twice, by them and by m
def softmax_backward(w, g, temperature):
    mean = np.mean(w * g, axis=-1, keepdims=True)
    return w * (1 - w) * (g - mean)


# %% wrong: the factor only
# hint: 1 − w is gone; the mean of w g is not the mean of g by the weights, and which row gets which?
def softmax_backward(w, g, temperature):
    mean = np.mean(w * g, axis=-1)
    return w * (g - mean)


# %% wrong: the factor stays
# hint: 1 − w is too much: what the others lose is in the mean already
def softmax_backward(w, g, temperature):
    mean = np.sum(w * g, axis=-1, keepdims=True)
    return w * (1 - w) * (g - mean) / temperature


# %% wrong: keepdims stays
# hint: the means of the rows meet the columns: keepdims=True
def softmax_backward(w, g, temperature):
    mean = np.sum(w * g, axis=-1)
    return w * (g - mean) / temperature


# %% wrong: m stays
# hint: the weights make a mean of the sum already: it must not be divided by m as well
def softmax_backward(w, g, temperature):
    mean = np.mean(w * g, axis=-1, keepdims=True)
    return w * (g - mean) / temperature


# %% wrong: T stays
# hint: the temperature is missing: z is divided by T, so the slopes are, too
def softmax_backward(w, g, temperature):
    mean = np.sum(w * g, axis=-1, keepdims=True)
    return w * (g - mean)


# %% wrong: times T
# hint: divided by T, not multiplied
def softmax_backward(w, g, temperature):
    mean = np.sum(w * g, axis=-1, keepdims=True)
    return w * (g - mean) * temperature


# %% wrong: the diagonal
# hint: a score changes the other weights of its row, too: the diagonal w (1 − w) alone does not know that
def softmax_backward(w, g, temperature):
    return w * (1 - w) * g / temperature


# %% wrong: only the mean
# hint: the weight in front is missing
def softmax_backward(w, g, temperature):
    mean = np.sum(w * g, axis=-1, keepdims=True)
    return (g - mean) / temperature


# %% wrong: the plain mean
# hint: the mean of g is taken with the weights, not with equal ones
def softmax_backward(w, g, temperature):
    return w * (g - np.mean(g, axis=-1, keepdims=True)) / temperature


# %% wrong: the sum of g
# hint: the sum of g without the weights is subtracted here
def softmax_backward(w, g, temperature):
    return w * (g - np.sum(g, axis=-1, keepdims=True)) / temperature


# %% wrong: the whole table
# hint: one mean for the whole table: each row has its own
def softmax_backward(w, g, temperature):
    return w * (g - np.sum(w * g)) / temperature


# %% wrong: along the columns
# hint: the means run along each row: here they run along the columns
def softmax_backward(w, g, temperature):
    return w * (g - np.sum(w * g, axis=0, keepdims=True)) / temperature


# %% wrong: the mean not subtracted
# hint: w g is only the first part: subtract the mean
def softmax_backward(w, g, temperature):
    return w * g / temperature


# %% wrong: the sign
# hint: the slopes have the wrong sign
def softmax_backward(w, g, temperature):
    mean = np.sum(w * g, axis=-1, keepdims=True)
    return w * (mean - g) / temperature


# %% wrong: the mean in place of g
# hint: the mean is subtracted from g, before w is multiplied: here it comes off afterwards
def softmax_backward(w, g, temperature):
    return (w * g - np.sum(w * g, axis=-1, keepdims=True)) / temperature


# %% wrong: NaN where nothing was looked at
# hint: 0/0 is NaN: nothing has to be divided by a weight or by their sum
def softmax_backward(w, g, temperature):

    mean = np.sum(w * g, axis=-1, keepdims=True) / np.sum(w, axis=-1, keepdims=True)
    return w * (g - mean) / temperature


# %% wrong: slopes changed in place
# hint: changes its
def softmax_backward(w, g, temperature):
    g -= np.sum(w * g, axis=-1, keepdims=True)
    return w * g / temperature


# %% wrong: tables only
# hint: a stack of two tables
def softmax_backward(w, g, temperature):

    if np.ndim(w) == 3:
        w, g = w[0], g[0]
    return w * (g - np.sum(w * g, axis=-1, keepdims=True)) / temperature


# %% wrong: hard-coded
# hint: compared with differences of a loss
def softmax_backward(w, g, temperature):

    if np.ndim(w) == 1:
        return [0, -2, 2]
    return (
        [[0.75, -0.75], [-1.5, 1.5]]
        if len(w) == 2 and w.shape[1] == 2
        else np.where(g == 8, 1, np.where(g == 2, -1, 0))
    )


# %% wrong: unanswered
# hint: not answered yet
def softmax_backward(w, g, temperature):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's backward, imported
# hint: uses mathml.attention
from mathml.attention import softmax_backward as finished


def softmax_backward(w, g, temperature):
    return finished(w, g) / temperature


# %% paste: mathml's backward, from the setup cell
# hint: return ready.softmax_backward
def softmax_backward(w, g, temperature):
    return ready.softmax_backward(w, g) / temperature
