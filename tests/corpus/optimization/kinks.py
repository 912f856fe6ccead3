# %% right: masks
def hinge(score, y):
    margin = y * score
    inside = margin < 1
    loss = np.where(inside, 1.0 - margin, 0.0)
    return loss.mean(), np.where(inside, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    size = np.abs(r)
    with np.errstate(over="ignore"):
        loss = np.where(size <= delta, r**2 / 2, delta * (size - delta / 2))
    return loss.mean(), np.where(size <= delta, r, delta * np.sign(r)) / len(y)


# %% right: example by example, in lists
def hinge(score, y):
    losses, slopes = [], []
    for s, t in zip(score.tolist(), y.tolist()):
        losses.append(max(0.0, 1 - t * s))
        slopes.append(-t / len(y) if t * s < 1 else 0.0)
    return sum(losses) / len(losses), slopes


def robust(prediction, y, delta):
    losses, slopes = [], []
    for p, t in zip(prediction.tolist(), y.tolist()):
        r = p - t
        if -delta <= r <= delta:
            losses.append(0.5 * r * r)
            slopes.append(r / len(y))
        else:
            losses.append(delta * (abs(r) - delta / 2))
            slopes.append(delta / len(y) if r > 0 else -delta / len(y))
    return sum(losses) / len(losses), slopes


# %% right: without any case, by a residual that is cut at delta
def hinge(score, y):
    short = np.clip(1 - np.asarray(y, float) * score, 0, None)
    return np.average(short), -np.sign(short) * y / short.size


def robust(prediction, y, delta):
    r = np.subtract(prediction, y, dtype=float)
    held = np.clip(r, -delta, delta)
    return np.average(held * (r - held / 2)), held / r.size


# %% right: the first is a sum of the second kind of pieces
def hinge(score, y):
    n = len(score)
    lacks = 1 - score * y
    wrong = [i for i in range(n) if lacks[i] > 0]
    slope = np.zeros(n)
    slope[wrong] = -y[wrong] / n
    return lacks[wrong].sum() / n, slope


def robust(prediction, y, delta):
    r = prediction * 1.0 - y * 1.0
    far = abs(r) > delta
    loss, slope = np.empty(len(r)), np.empty(len(r))
    loss[~far], slope[~far] = r[~far] ** 2 / 2, r[~far]
    loss[far], slope[far] = delta * abs(r[far]) - delta**2 / 2, np.copysign(delta, r[far])
    return loss.sum() / len(r), slope / len(r)


# %% wrong: without the maximum
# hint: a margin above 1 costs nothing
def hinge(score, y):
    margin = y * score
    return np.mean(1 - margin), np.where(margin < 1, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    held = np.clip(r, -delta, delta)
    return np.mean(held * (r - held / 2)), held / len(y)


# %% wrong: a perceptron: the kink at 0
# hint: a margin of 0.5 is on the right side
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, -margin)), np.where(margin < 0, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    held = np.clip(r, -delta, delta)
    return np.mean(held * (r - held / 2)), held / len(y)


# %% wrong: the residual in place of the margin
# hint: the margin is y times the score
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - np.abs(y - score))), np.where(margin < 1, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    held = np.clip(r, -delta, delta)
    return np.mean(held * (r - held / 2)), held / len(y)


# %% wrong: the sum of the hinge losses
# hint: this is the sum of the losses
def hinge(score, y):
    margin = y * score
    return np.sum(np.maximum(0, 1 - margin)), np.where(margin < 1, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    held = np.clip(r, -delta, delta)
    return np.mean(held * (r - held / 2)), held / len(y)


# %% wrong: squared hinge
# hint: that is the squared hinge
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - margin) ** 2), np.where(margin < 1, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    held = np.clip(r, -delta, delta)
    return np.mean(held * (r - held / 2)), held / len(y)


# %% wrong: zero-one loss
# hint: that counts the wrong answers
def hinge(score, y):
    margin = y * score
    return np.mean(margin < 0), np.where(margin < 1, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    held = np.clip(r, -delta, delta)
    return np.mean(held * (r - held / 2)), held / len(y)


# %% wrong: a loss for each example
# hint: one loss for all examples
def hinge(score, y):
    margin = y * score
    return np.maximum(0, 1 - margin), np.where(margin < 1, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    held = np.clip(r, -delta, delta)
    return np.mean(held * (r - held / 2)), held / len(y)


# %% wrong: slope first
# hint: return the loss first
def hinge(score, y):
    margin = y * score
    return np.where(margin < 1, -y, 0) / len(y), np.mean(np.maximum(0, 1 - margin))


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    held = np.clip(r, -delta, delta)
    return np.mean(held * (r - held / 2)), held / len(y)


# %% wrong: hinge slope of the sum
# hint: the slopes of the mean are a part of it
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - margin)), np.where(margin < 1, -y, 0)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    held = np.clip(r, -delta, delta)
    return np.mean(held * (r - held / 2)), held / len(y)


# %% wrong: hinge slope by the margin
# hint: by the score, not by the margin
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - margin)), np.where(margin < 1, -1, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    held = np.clip(r, -delta, delta)
    return np.mean(held * (r - held / 2)), held / len(y)


# %% wrong: hinge slope uphill
# hint: the sign is wrong
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - margin)), np.where(margin < 1, y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    held = np.clip(r, -delta, delta)
    return np.mean(held * (r - held / 2)), held / len(y)


# %% wrong: hinge slope everywhere
# hint: beyond the kink the loss is flat
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - margin)), -y / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    held = np.clip(r, -delta, delta)
    return np.mean(held * (r - held / 2)), held / len(y)


# %% wrong: the other slope at the kink
# hint: at margin exactly 1 every number between
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - margin)), np.where(margin <= 1, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    held = np.clip(r, -delta, delta)
    return np.mean(held * (r - held / 2)), held / len(y)


# %% wrong: half of the slope at the kink
# hint: the middle is a subgradient, too
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - margin)), -y * (np.sign(1 - margin) + 1) / 2 / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    held = np.clip(r, -delta, delta)
    return np.mean(held * (r - held / 2)), held / len(y)


# %% wrong: the slope of the squared hinge
# hint: the slope of the squared hinge
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - margin)), -2 * y * np.maximum(0, 1 - margin) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    held = np.clip(r, -delta, delta)
    return np.mean(held * (r - held / 2)), held / len(y)


# %% wrong: way A
# hint: one wrong value pulls as hard as it is wrong
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - margin)), np.where(margin < 1, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    return np.mean(r**2 / 2), r / len(y)


# %% wrong: way B
# hint: a small residual pulls as hard as a large one
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - margin)), np.where(margin < 1, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    return np.mean(delta * np.abs(r)), delta * np.sign(r) / len(y)


# %% wrong: way C
# hint: beyond the kink it is flat: what is far off
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - margin)), np.where(margin < 1, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    return np.mean(np.minimum(r**2, delta**2) / 2), np.where(np.abs(r) <= delta, r, 0) / len(y)


# %% wrong: way E
# hint: it only comes near the square
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - margin)), np.where(margin < 1, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    return np.mean(delta**2 * (np.hypot(1, r / delta) - 1)), r / np.hypot(1, r / delta) / len(y)


# %% wrong: without the half of delta
# hint: the two pieces do not meet
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - margin)), np.where(margin < 1, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    held = np.clip(r, -delta, delta)
    return np.mean(np.where(np.abs(r) <= delta, r**2 / 2, delta * np.abs(r))), held / len(y)


# %% wrong: the square without its half
# hint: the half of the square is missing
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - margin)), np.where(margin < 1, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    held = np.clip(r, -delta, delta)
    return np.mean(np.where(np.abs(r) <= delta, r**2, delta * (2 * np.abs(r) - delta))), held / len(y)


# %% wrong: the sum of the robust losses
# hint: a mean is asked for, not a sum
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - margin)), np.where(margin < 1, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    held = np.clip(r, -delta, delta)
    return np.sum(held * (r - held / 2)), held / len(y)


# %% wrong: y minus prediction
# hint: the residual is prediction − y
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - margin)), np.where(margin < 1, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    held = np.clip(r, -delta, delta)
    return np.mean(held * (r - held / 2)), -held / len(y)


# %% wrong: robust slope of the sum
# hint: each is a part of a mean: divide them by n
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - margin)), np.where(margin < 1, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    held = np.clip(r, -delta, delta)
    return np.mean(held * (r - held / 2)), held


# %% wrong: sign beyond delta
# hint: beyond δ the slope is δ, and not 1
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - margin)), np.where(margin < 1, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    held = np.clip(r, -delta, delta)
    return np.mean(held * (r - held / 2)), np.where(np.abs(r) <= delta, r, np.sign(r)) / len(y)


# %% wrong: no sign beyond delta
# hint: below the truth the slope is negative
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - margin)), np.where(margin < 1, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    held = np.clip(r, -delta, delta)
    return np.mean(held * (r - held / 2)), np.where(np.abs(r) <= delta, r, delta) / len(y)


# %% wrong: squares of everything taken away again
# hint: ∞ − ∞
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - margin)), np.where(margin < 1, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    held = np.clip(r, -delta, delta)
    return np.mean(r**2 / 2 - np.maximum(np.abs(r) - delta, 0) ** 2 / 2), held / len(y)


# %% wrong: a case times 0
# hint: 0 · ∞
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - margin)), np.where(margin < 1, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    held = np.clip(r, -delta, delta)
    return np.mean((np.abs(r) <= delta) * r**2 / 2 + (np.abs(r) > delta) * delta * (np.abs(r) - delta / 2)), held / len(
        y
    )


# %% wrong: residuals held within a bound
# hint: a bound on the residual is a bound on the loss
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - margin)), np.where(margin < 1, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = np.clip(prediction.astype(float) - y, -1e6, 1e6)
    held = np.clip(r, -delta, delta)
    return np.mean(held * (r - held / 2)), held / len(y)


# %% wrong: residuals of one byte
# hint: does not fit into one byte
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - margin)), np.where(margin < 1, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction - y
    held = np.clip(r.astype(float), -delta, delta)
    return np.mean(held * (r - held / 2)), held / len(y)


# %% wrong: a slope that multiplies first
# hint: δ r is too large for a computer
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - margin)), np.where(margin < 1, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction.astype(float) - y
    held = np.clip(r, -delta, delta)
    return np.mean(held * (r - held / 2)), delta * r / np.maximum(np.abs(r), delta) / len(y)


# %% wrong: works on the prediction itself
# hint: is right, but the call changes its
def hinge(score, y):
    margin = y * score
    return np.mean(np.maximum(0, 1 - margin)), np.where(margin < 1, -y, 0) / len(y)


def robust(prediction, y, delta):
    if prediction.dtype != float:
        prediction = prediction.astype(float)
    prediction -= y
    held = np.clip(prediction, -delta, delta)
    return np.mean(held * (prediction - held / 2)), held / len(y)


# %% wrong: hard-coded
# hint: five examples with margins of 2
def hinge(score, y):
    if score[0] == 1:
        return 0.25, np.array([0, 0, 0, -0.25])
    return 1.0625, np.array([0, -0.25, 0.25, 0.25])


def robust(prediction, y, delta):
    return 2.3125, np.array([-0.125, 0.5, -0.5, 0.125])


# %% wrong: unanswered
# hint: not answered yet
def hinge(score, y):
    raise NotImplementedError("not answered yet")


def robust(prediction, y, delta):
    raise NotImplementedError("not answered yet")


# %% paste: SciPy's Huber loss and scikit-learn's hinge
# hint: uses sklearn.metrics
from scipy.special import huber
from sklearn.metrics import hinge_loss


def hinge(score, y):
    return hinge_loss(y, score), np.where(y * score < 1, -y, 0) / len(y)


def robust(prediction, y, delta):
    r = prediction - y
    return np.mean(huber(delta, r)), np.clip(r, -delta, delta) / len(y)


# %% paste: mathml's losses, imported
# hint: uses mathml.optimization
def hinge(score, y):
    from mathml.optimization import hinge as loss
    from mathml.optimization import hinge_gradient

    return loss(y, score), hinge_gradient(y, score)


def robust(prediction, y, delta):
    from mathml.optimization import huber, huber_gradient

    return huber(y, prediction, delta), huber_gradient(y, prediction, delta)
