# %% right: way D, line by line
def logit_loss(z, y):
    above = np.where(z > 0, z, 0)
    losses = above - y * z + np.log1p(np.exp(-np.abs(z)))
    up = 1 / (1 + np.exp(-z))
    down = 1 / (1 + np.exp(z))
    slopes = y * (-down) + (1 - y) * up
    return losses.sum() / len(losses), slopes / len(losses)


# %% right: a sign for each example, and logaddexp
def logit_loss(z, y):
    sign = 2 * y - 1
    margin = sign * z
    return np.logaddexp(0, -margin).mean(), -sign * np.exp(-np.logaddexp(0, margin)) / z.size


# %% right: one example at a time, with Python's own numbers
import math


def logit_loss(z, y):
    losses, slopes = [], []
    for score, truth in zip(z.tolist(), y.tolist()):
        against = -score if truth == 1 else score
        rest = math.exp(-abs(against))
        losses.append(max(against, 0.0) + math.log1p(rest))
        wrong = 1 / (1 + rest) if against > 0 else rest / (1 + rest)
        slopes.append(-wrong / len(z) if truth == 1 else wrong / len(z))
    return math.fsum(losses) / len(z), slopes


# %% right: log σ in two halves, as columns
def log_of_sigmoid(z):
    small = np.exp(-np.abs(z))
    return np.minimum(z, 0) - np.log1p(small)


def logit_loss(z, y):
    happened = np.where(y == 1, z, -z)
    surprise = -log_of_sigmoid(happened)
    slope = np.exp(log_of_sigmoid(-happened)) * np.where(y == 1, -1.0, 1.0)
    return np.average(surprise), slope / np.size(y)


# %% wrong: way A
# hint: p has rounded to 0, and its logarithm is −∞
def logit_loss(z, y):
    p = 1 / (1 + np.exp(-z))
    losses = np.where(y == 1, -np.log(p), -np.log(1 - p))
    return losses.mean(), (p - y) / len(z)


# %% wrong: way A as it stands, with 0 · log 0
# hint: the logarithm got NaN out of it
def logit_loss(z, y):
    p = 1 / (1 + np.exp(-z))
    q = 1 - p
    logs = np.log(np.array([q, p]))
    losses = -(y * logs[1] + (1 - y) * logs[0] + 0 * logs.sum(axis=0))
    return losses.mean(), (p - y) / len(z)


# %% wrong: way B
# hint: a bound on p is a bound on the loss
def logit_loss(z, y):
    p = np.clip(1 / (1 + np.exp(-z)), 1e-12, 1 - 1e-12)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)), (p - y) / len(z)


# %% wrong: z held between −500 and 500
# hint: a bound on z is a bound on the loss
def logit_loss(z, y):
    z = np.clip(z, -500, 500)
    loss = np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))
    slope = np.where(y == 1, -1 / (1 + np.exp(z)), 1 / (1 + np.exp(-z))) / len(z)
    return loss, slope


# %% wrong: way C
# hint: only e to a negative power is safe
def logit_loss(z, y):
    loss = np.mean(np.log1p(np.exp(z)) - y * z)
    return loss, (1 / (1 + np.exp(-z)) - y) / len(z)


# %% wrong: way C, with the sigmoid as a fraction of eᶻ
# hint: on whichever side of the fraction
def logit_loss(z, y):
    p = np.exp(z) / (1 + np.exp(z))
    surprise = np.where(y == 1, -np.log(p), np.log(1 + np.exp(z)))
    surprise = np.where(z < -30, np.where(y == 1, -z, 0), surprise)
    return surprise.mean(), (p - y) / len(z)


# %% wrong: a plain logarithm of 1 + …
# hint: NumPy has log1p
def logit_loss(z, y):
    loss = np.mean(np.maximum(z, 0) - y * z + np.log(1 + np.exp(-np.abs(z))))
    slope = np.where(y == 1, -1 / (1 + np.exp(z)), 1 / (1 + np.exp(-z))) / len(z)
    return loss, slope


# %% wrong: a plain logarithm of 1 + … where it matters most
# hint: the loss is about e⁻⁴⁰, and not 0
def logit_loss(z, y):
    loss = np.mean(np.maximum(z, 0) - y * z + np.where(np.abs(z) < 30, np.log1p(np.exp(-np.abs(z))), 0))
    slope = np.where(y == 1, -1 / (1 + np.exp(z)), 1 / (1 + np.exp(-z))) / len(z)
    return loss, slope


# %% wrong: the sum
# hint: and this is the sum
def logit_loss(z, y):
    loss = np.sum(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))
    slope = np.where(y == 1, -1 / (1 + np.exp(z)), 1 / (1 + np.exp(-z))) / len(z)
    return loss, slope


# %% wrong: without the minus
# hint: the minus is missing
def logit_loss(z, y):
    loss = -np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))
    slope = np.where(y == 1, -1 / (1 + np.exp(z)), 1 / (1 + np.exp(-z))) / len(z)
    return loss, slope


# %% wrong: 0 and 1 exchanged in the loss
# hint: y = 1 goes with log σ(z)
def logit_loss(z, y):
    loss = np.mean(np.maximum(z, 0) - (1 - y) * z + np.log1p(np.exp(-np.abs(z))))
    slope = np.where(y == 1, -1 / (1 + np.exp(z)), 1 / (1 + np.exp(-z))) / len(z)
    return loss, slope


# %% wrong: in bits
# hint: these are bits
def logit_loss(z, y):
    loss = np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))
    slope = np.where(y == 1, -1 / (1 + np.exp(z)), 1 / (1 + np.exp(-z))) / len(z)
    return loss / np.log(2), slope


# %% wrong: only the ones
# hint: the half of the zeros is missing
def logit_loss(z, y):
    loss = np.mean(y * np.logaddexp(0, -z))
    slope = np.where(y == 1, -1 / (1 + np.exp(z)), 1 / (1 + np.exp(-z))) / len(z)
    return loss, slope


# %% wrong: slopes first
# hint: return the loss first
def logit_loss(z, y):
    loss = np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))
    slope = np.where(y == 1, -1 / (1 + np.exp(z)), 1 / (1 + np.exp(-z))) / len(z)
    return slope, loss


# %% wrong: a loss for each example
# hint: one loss for all examples
def logit_loss(z, y):
    loss = np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))
    slope = np.where(y == 1, -1 / (1 + np.exp(z)), 1 / (1 + np.exp(-z))) / len(z)
    return loss, slope


# %% wrong: slopes of the sum
# hint: divide by n
def logit_loss(z, y):
    loss = np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))
    slope = np.where(y == 1, -1 / (1 + np.exp(z)), 1 / (1 + np.exp(-z)))
    return loss, slope


# %% wrong: slopes downhill
# hint: y − σ(z) is downhill
def logit_loss(z, y):
    loss = np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))
    slope = np.where(y == 1, 1 / (1 + np.exp(z)), -1 / (1 + np.exp(-z))) / len(z)
    return loss, slope


# %% wrong: slopes without the truth
# hint: the truth is missing
def logit_loss(z, y):
    loss = np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))
    slope = 1 / (1 + np.exp(-z)) / len(z)
    return loss, slope


# %% wrong: slopes with the slope of σ
# hint: the slope of σ has cancelled out on paper
def logit_loss(z, y):
    loss = np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))
    slope = np.where(y == 1, -1 / (1 + np.exp(z)), 1 / (1 + np.exp(-z))) / len(z)
    p = 1 / (1 + np.exp(-z))
    slope = slope * p * (1 - p)
    return loss, slope


# %% wrong: one slope
# hint: not their sum
def logit_loss(z, y):
    loss = np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))
    slope = np.where(y == 1, -1 / (1 + np.exp(z)), 1 / (1 + np.exp(-z))) / len(z)
    return loss, slope.sum()


# %% wrong: the mean slope
# hint: not their mean
def logit_loss(z, y):
    loss = np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))
    slope = np.where(y == 1, -1 / (1 + np.exp(z)), 1 / (1 + np.exp(-z))) / len(z)
    return loss, slope.mean()


# %% wrong: 0 and 1 exchanged in the slope
# hint: are exchanged in the slope
def logit_loss(z, y):
    loss = np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))
    slope = np.where(y == 0, -1 / (1 + np.exp(z)), 1 / (1 + np.exp(-z))) / len(z)
    return loss, slope


# %% wrong: the slope of z itself
# hint: z is no probability yet
def logit_loss(z, y):
    loss = np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))
    slope = (z - y) / len(z)
    return loss, slope


# %% wrong: σ as a fraction of eᶻ in the slope
# hint: only one is safe at each end
def logit_loss(z, y):
    loss = np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))
    slope = np.where(y == 1, -1 / (1 + np.exp(z)), np.exp(z) / (1 + np.exp(z))) / len(z)
    return loss, slope


# %% wrong: σ(z) − y as it stands
# hint: a slope is left all the same
def logit_loss(z, y):
    loss = np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))
    slope = (1 / (1 + np.exp(-z)) - y) / len(z)
    return loss, slope


# %% wrong: works on z itself
# hint: the surprises are 0.693, 0.127 and 0.313
def logit_loss(z, y):
    z[y == 0] *= -1
    p = 1 / (1 + np.exp(-z))
    return np.mean(np.log(1 + p)), -(1 - p) / len(z)


# %% wrong: hard-coded
# hint: the network was sure, and wrong: its surprise is 800
def logit_loss(z, y):
    return 0.3777789597, np.array([-1 / 6, -0.0397343, 0.0896471])


# %% wrong: unanswered
# hint: not answered yet
def logit_loss(z, y):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's loss, imported
# hint: uses mathml.information
from mathml.information import binary_cross_entropy_from_logits


def logit_loss(z, y):
    slope = np.where(y == 1, -1 / (1 + np.exp(z)), 1 / (1 + np.exp(-z))) / len(z)
    return binary_cross_entropy_from_logits(y, z), slope


# %% paste: mathml's loss, its source
# hint: return two things: the loss and the slopes
def log_sigmoid(z):
    return -np.logaddexp(0, -np.asarray(z))


def logit_loss(y, z):
    y, z = np.asarray(y, dtype=float), np.asarray(z, dtype=float)
    return np.mean(-y * log_sigmoid(z) - (1 - y) * log_sigmoid(-z))
