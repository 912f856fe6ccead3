# %% right: way D
def derivative(f, x):
    size = abs(x)
    if size == 0:
        size = 1
    h = 1e-5 * size
    return (f(x + h) - f(x - h)) / (2 * h)


# %% right: four points, with a larger step
def derivative(f, x):
    h = 1e-3 * (abs(x) or 1)
    return (f(x - 2 * h) - 8 * f(x - h) + 8 * f(x + h) - f(x + 2 * h)) / (12 * h)


# %% right: two central differences put together, and a step that a computer holds exactly
def derivative(f, x):
    h = 2.0 ** np.floor(np.log2(abs(x) or 1.0)) / 512

    def central(h):
        return (f(x + h) - f(x - h)) / (2 * h)

    return (4 * central(h / 2) - central(h)) / 3


# %% right: a complex step
def derivative(f, x):
    h = 1e-30 * (abs(x) if x else 1)
    return f(x + 1j * h).imag / h


# %% wrong: way A
# hint: a computer does not see such a step
def derivative(f, x):
    h = 1e-8
    return (f(x + h) - f(x)) / h


# %% wrong: way B
# hint: beside 400,000,000 a step of 10⁻⁵ is tiny
def derivative(f, x):
    h = 1e-5
    return (f(x + h) - f(x - h)) / (2 * h)


# %% wrong: way C
# hint: this formula errs by as much as h itself
def derivative(f, x):
    h = 1e-8 * abs(x) if x else 1e-8
    return (f(x + h) - f(x)) / h


# %% wrong: the formula of C with the step of D
# hint: the step is a good one for the other formula
def derivative(f, x):
    h = 1e-5 * abs(x) if x else 1e-5
    return (f(x + h) - f(x)) / h


# %% wrong: the smaller the better
# hint: two values that share 14 digits
def derivative(f, x):
    h = 1e-14 * abs(x) if x else 1e-14
    return (f(x + h) - f(x - h)) / (2 * h)


# %% wrong: divides by h
# hint: x − h and x + h are 2h apart
def derivative(f, x):
    h = 1e-5 * abs(x) if x else 1e-5
    return (f(x + h) - f(x - h)) / h


# %% wrong: the difference the other way round
# hint: take f(x + h) first
def derivative(f, x):
    h = 1e-5 * abs(x) if x else 1e-5
    return (f(x - h) - f(x + h)) / (2 * h)


# %% wrong: the step follows large x only
# hint: a step of 10⁻⁵ is a hundredth of this x
def derivative(f, x):
    h = 1e-5 * max(1, abs(x))
    return (f(x + h) - f(x - h)) / (2 * h)


# %% wrong: the step follows positive x only
# hint: x is negative, and its size is |x|
def derivative(f, x):
    h = 1e-5 * x if x > 0 else 1e-5
    return (f(x + h) - f(x - h)) / (2 * h)


# %% wrong: no step at 0
# hint: 0/0: at x = 0
def derivative(f, x):
    h = np.float64(1e-5) * abs(x)
    return (f(x + h) - f(x - h)) / (2 * h)


# %% wrong: calls 0 what is small
# hint: log x at x = 10⁻⁶
def derivative(f, x):
    h = 1e-5 * abs(x) if abs(x) > 1e-5 else 1e-5
    return (f(x + h) - f(x - h)) / (2 * h)


# %% wrong: unanswered
# hint: not answered yet
def derivative(f, x):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's derivative, its source
# hint: and nine digits of it are asked for
def derivative(f, x):
    h = (3 * np.finfo(float).eps) ** (1 / 3) * max(abs(x), 1.0)
    left, right = x - h, x + h
    return (f(right) - f(left)) / (right - left)


# %% paste: mathml's derivative, imported
# hint: uses mathml.calculus
from mathml.calculus import derivative as slope


def derivative(f, x):
    return slope(f, x, h=1e-5 * abs(x) if x else 1e-5)
