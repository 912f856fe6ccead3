# %% right: the broken code, mended
def gradient_check(f, gradient, x):
    wrong = []
    for j in range(len(x)):
        h = 1e-5 * max(1, abs(x[j]))
        step = np.zeros(len(x))
        step[j] = h
        slope = (f(x + step) - f(x - step)) / (2 * h)
        claim = gradient(x)[j]
        if np.isnan(claim) or abs(claim - slope) > 1e-9 + 1e-4 * max(abs(claim), abs(slope)):
            wrong.append(j)
    return wrong


# %% right: all places at once
def gradient_check(f, gradient, x):
    h = 1e-5 * np.maximum(1, np.abs(x))
    steps = np.diag(h)
    b = np.array([f(x + s) - f(x - s) for s in steps]) / (2 * h)
    a = gradient(x)
    agrees = np.abs(a - b) <= 1e-9 + 1e-4 * np.maximum(np.abs(a), np.abs(b))
    return np.flatnonzero(~agrees)


# %% right: one copy of x, where each number is put back
def gradient_check(f, gradient, x):
    moved, found = np.array(x, dtype=float), []
    for j, a in enumerate(gradient(x)):
        was = moved[j]
        h = 1e-5 * max(abs(was), 1.0)
        moved[j] = was + h
        above = f(moved)
        moved[j] = was - h
        b = (above - f(moved)) / (2 * h)
        moved[j] = was
        found.append(bool(np.isclose(a, b, rtol=1e-4, atol=1e-9) or np.isclose(b, a, rtol=1e-4, atol=1e-9)))
    return [j for j, agrees in enumerate(found) if not agrees]


# %% wrong: nothing mended
# hint: nothing is mended yet
def gradient_check(f, gradient, x):
    wrong = []
    for j in range(len(x)):
        step = np.zeros(len(x))
        step[j] = 1e-13
        slope = (f(x + step) - f(x)) / 1e-13
        if gradient(x)[j] - slope > 1e-4:
            wrong.append(j)
    return wrong


# %% wrong: the step of the broken code
# hint: a step of 10⁻¹³ is too small
def gradient_check(f, gradient, x):
    wrong = []
    for j in range(len(x)):
        step = np.zeros(len(x))
        step[j] = h = 1e-13 * max(1, abs(x[j]))
        a, b = gradient(x)[j], (f(x + step) - f(x - step)) / (2 * h)
        if not abs(a - b) <= 1e-9 + 1e-4 * max(abs(a), abs(b)):
            wrong.append(j)
    return wrong


# %% wrong: without the absolute value
# hint: a claim that is too small is as wrong
def gradient_check(f, gradient, x):
    wrong = []
    for j in range(len(x)):
        step = np.zeros(len(x))
        step[j] = h = 1e-5 * max(1, abs(x[j]))
        a, b = gradient(x)[j], (f(x + step) - f(x - step)) / (2 * h)
        if not a - b <= 1e-9 + 1e-4 * max(abs(a), abs(b)):
            wrong.append(j)
    return wrong


# %% wrong: compares sizes only
# hint: not |a| − |b|
def gradient_check(f, gradient, x):
    wrong = []
    for j in range(len(x)):
        step = np.zeros(len(x))
        step[j] = h = 1e-5 * max(1, abs(x[j]))
        a, b = abs(gradient(x)[j]), abs(f(x + step) - f(x - step)) / (2 * h)
        if not abs(a - b) <= 1e-9 + 1e-4 * max(a, b):
            wrong.append(j)
    return wrong


# %% wrong: whether there are any
# hint: not whether there are any
def gradient_check(f, gradient, x):
    h = 1e-5 * np.maximum(1, np.abs(x))
    a, b = gradient(x), np.array([f(x + s) - f(x - s) for s in np.diag(h)]) / (2 * h)
    return not np.all(np.abs(a - b) <= 1e-9 + 1e-4 * np.maximum(np.abs(a), np.abs(b)))


# %% wrong: one truth value for each place
# hint: not one truth value for each
def gradient_check(f, gradient, x):
    h = 1e-5 * np.maximum(1, np.abs(x))
    a, b = gradient(x), np.array([f(x + s) - f(x - s) for s in np.diag(h)]) / (2 * h)
    return ~(np.abs(a - b) <= 1e-9 + 1e-4 * np.maximum(np.abs(a), np.abs(b)))


# %% wrong: stops at the first bug
# hint: go on after the first
def gradient_check(f, gradient, x):
    a = gradient(x)
    for j in range(len(x)):
        step = np.zeros(len(x))
        step[j] = h = 1e-5 * max(1, abs(x[j]))
        b = (f(x + step) - f(x - step)) / (2 * h)
        if not abs(a[j] - b) <= 1e-9 + 1e-4 * max(abs(a[j]), abs(b)):
            return [j]
    return []


# %% wrong: one tolerance for all sizes
# hint: beside slopes of 10⁹ is little
def gradient_check(f, gradient, x):
    h = 1e-5 * np.maximum(1, np.abs(x))
    a, b = gradient(x), np.array([f(x + s) - f(x - s) for s in np.diag(h)]) / (2 * h)
    return np.flatnonzero(~(np.abs(a - b) <= 1e-4))


# %% wrong: never less than a tolerance for slopes near 1
# hint: beside a slope of 4 · 10⁻⁵ a difference
def gradient_check(f, gradient, x):
    h = 1e-5 * np.maximum(1, np.abs(x))
    a, b = gradient(x), np.array([f(x + s) - f(x - s) for s in np.diag(h)]) / (2 * h)
    return np.flatnonzero(~(np.abs(a - b) <= 1e-4 * np.maximum(1, np.abs(a))))


# %% wrong: on one side only
# hint: take f on both sides of x, and divide by 2h
def gradient_check(f, gradient, x):
    h = 1e-5 * np.maximum(1, np.abs(x))
    a, b = gradient(x), np.array([f(x + s) - f(x) for s in np.diag(h)]) / h
    return np.flatnonzero(~(np.abs(a - b) <= 1e-9 + 1e-4 * np.maximum(np.abs(a), np.abs(b))))


# %% wrong: compares with the largest slope
# hint: and not with the largest
def gradient_check(f, gradient, x):
    h = 1e-5 * np.maximum(1, np.abs(x))
    a, b = gradient(x), np.array([f(x + s) - f(x - s) for s in np.diag(h)]) / (2 * h)
    return np.flatnonzero(~(np.abs(a - b) <= 1e-9 + 1e-4 * np.nanmax(np.abs([a, b]))))


# %% wrong: one step for all
# hint: the step follows |xⱼ|
def gradient_check(f, gradient, x):
    h = np.full(len(x), 1e-5)
    a, b = gradient(x), np.array([f(x + s) - f(x - s) for s in np.diag(h)]) / (2 * h)
    return np.flatnonzero(~(np.abs(a - b) <= 1e-9 + 1e-4 * np.maximum(np.abs(a), np.abs(b))))


# %% wrong: forgives no rounding of 0
# hint: on top of a wave
def gradient_check(f, gradient, x):
    h = 1e-5 * np.maximum(1, np.abs(x))
    a, b = gradient(x), np.array([f(x + s) - f(x - s) for s in np.diag(h)]) / (2 * h)
    return np.flatnonzero(~(np.abs(a - b) <= 1e-4 * np.maximum(np.abs(a), np.abs(b))))


# %% wrong: NaN passes
# hint: a slope that is NaN is wrong
def gradient_check(f, gradient, x):
    h = 1e-5 * np.maximum(1, np.abs(x))
    a, b = gradient(x), np.array([f(x + s) - f(x - s) for s in np.diag(h)]) / (2 * h)
    return np.flatnonzero(np.abs(a - b) > 1e-9 + 1e-4 * np.maximum(np.abs(a), np.abs(b)))


# %% wrong: unanswered
# hint: not answered yet
def gradient_check(f, gradient, x):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's check_gradient, its source: does it agree, and where is it worst?
# hint: it claims (2, 6, 4), and the slopes are (2, 12, 4)
def gradient_check(f, gradient, x):
    h = (3 * np.finfo(float).eps) ** (1 / 3) * np.maximum(1, np.abs(x))
    a, b = gradient(x), np.array([f(x + s) - f(x - s) for s in np.diag(h)]) / (2 * h)
    errors = np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8)
    return errors.max() <= 1e-6, int(errors.argmax()), errors.max()


# %% paste: mathml's gradient, imported
# hint: uses mathml.calculus
from mathml.calculus import gradient as slopes_of


def gradient_check(f, gradient, x):
    a, b = gradient(x), slopes_of(f, x)
    return [j for j in range(len(x)) if not abs(a[j] - b[j]) <= 1e-9 + 1e-4 * max(abs(a[j]), abs(b[j]))]
