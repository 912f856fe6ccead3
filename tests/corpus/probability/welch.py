# %% right: the broken code, mended
def welch(X, Y):
    n, m = len(X), len(Y)
    a, b = np.var(X, axis=0, ddof=1) / n, np.var(Y, axis=0, ddof=1) / m
    t = (X.mean(axis=0) - Y.mean(axis=0)) / np.sqrt(a + b)
    share = a / (a + b)
    df = 1 / (share**2 / (n - 1) + (1 - share) ** 2 / (m - 1))
    p = 2 * student_cdf(-abs(t), df)
    return t, df, p


# %% right: column by column, with sums
def welch(X, Y):
    found = []
    for x, y in zip(X.T, Y.T):
        n, m = len(x), len(y)
        mean_x, mean_y = sum(x) / n, sum(y) / m
        of_x = sum((v - mean_x) ** 2 for v in x) / (n - 1) / n
        of_y = sum((v - mean_y) ** 2 for v in y) / (m - 1) / m
        t = (mean_x - mean_y) / (of_x + of_y) ** 0.5
        part = of_x / (of_x + of_y)
        df = 1 / (part * part / (n - 1) + (1 - part) * (1 - part) / (m - 1))
        found.append((t, df, 2 * float(student_cdf(min(t, -t), df))))
    return [list(values) for values in zip(*found)]


# %% right: errors as lengths, and each tail by itself
def welch(X, Y):
    sizes = np.array([[len(X)], [len(Y)]])
    deviations = np.array([X.std(axis=0, ddof=1), Y.std(axis=0, ddof=1)])
    errors = deviations / np.sqrt(sizes)
    error = np.hypot(*errors)
    t = (np.average(X, axis=0) - np.average(Y, axis=0)) / error
    df = 1 / np.sum((errors / error) ** 4 / (sizes - 1), axis=0)
    return np.array([t, df, np.where(t < 0, student_cdf(t, df), student_cdf(-t, df)) * 2])


# %% wrong: nothing mended
# hint: this is what the broken code gives
def welch(X, Y):
    n, m = len(X), len(Y)
    a, b = np.var(X, axis=0) / n, np.var(Y, axis=0) / m
    t = (X.mean(axis=0) - Y.mean(axis=0)) / np.sqrt(a + b)
    df = np.full(len(t), n + m - 2)
    p = 1 - student_cdf(t, df)
    return t, df, p


# %% wrong: squares divided by n
# hint: the variances are divided by n: take n − 1
def welch(X, Y):
    n, m = len(X), len(Y)
    a, b = np.var(X, axis=0) / n, np.var(Y, axis=0) / m
    t = (X.mean(axis=0) - Y.mean(axis=0)) / np.sqrt(a + b)
    a, b = a / (a + b), b / (a + b)
    df = 1 / (a**2 / (n - 1) + b**2 / (m - 1))
    p = 2 * student_cdf(-np.abs(t), df)
    return t, df, p


# %% wrong: the pooled test
# hint: that is the pooled test
def welch(X, Y):
    n, m = len(X), len(Y)
    df = n + m - 2
    squares = (n - 1) * np.var(X, axis=0, ddof=1) + (m - 1) * np.var(Y, axis=0, ddof=1)
    t = (X.mean(axis=0) - Y.mean(axis=0)) / np.sqrt(squares / df * (1 / n + 1 / m))
    return t, np.full(len(t), df), 2 * student_cdf(-np.abs(t), np.full(len(t), df))


# %% wrong: variances that are not divided by the sizes
# hint: the mean of many wavers less
def welch(X, Y):
    n, m = len(X), len(Y)
    a, b = np.var(X, axis=0, ddof=1), np.var(Y, axis=0, ddof=1)
    t = (X.mean(axis=0) - Y.mean(axis=0)) / np.sqrt(a + b)
    a, b = a / (a + b), b / (a + b)
    df = 1 / (a**2 / (n - 1) + b**2 / (m - 1))
    p = 2 * student_cdf(-np.abs(t), df)
    return t, df, p


# %% wrong: two roots added
# hint: not the sum of two roots
def welch(X, Y):
    n, m = len(X), len(Y)
    a, b = np.var(X, axis=0, ddof=1) / n, np.var(Y, axis=0, ddof=1) / m
    t = (X.mean(axis=0) - Y.mean(axis=0)) / (np.sqrt(a) + np.sqrt(b))
    a, b = a / (a + b), b / (a + b)
    df = 1 / (a**2 / (n - 1) + b**2 / (m - 1))
    p = 2 * student_cdf(-np.abs(t), df)
    return t, df, p


# %% wrong: without the root
# hint: divide by √(a + b)
def welch(X, Y):
    n, m = len(X), len(Y)
    a, b = np.var(X, axis=0, ddof=1) / n, np.var(Y, axis=0, ddof=1) / m
    t = (X.mean(axis=0) - Y.mean(axis=0)) / (a + b)
    a, b = a / (a + b), b / (a + b)
    df = 1 / (a**2 / (n - 1) + b**2 / (m - 1))
    p = 2 * student_cdf(-np.abs(t), df)
    return t, df, p


# %% wrong: deviations for variances
# hint: the deviations stand where the variances should
def welch(X, Y):
    n, m = len(X), len(Y)
    a, b = np.std(X, axis=0, ddof=1) / n, np.std(Y, axis=0, ddof=1) / m
    t = (X.mean(axis=0) - Y.mean(axis=0)) / np.sqrt(a + b)
    a, b = a / (a + b), b / (a + b)
    df = 1 / (a**2 / (n - 1) + b**2 / (m - 1))
    p = 2 * student_cdf(-np.abs(t), df)
    return t, df, p


# %% wrong: Y first
# hint: the mean of X comes first
def welch(X, Y):
    n, m = len(X), len(Y)
    a, b = np.var(X, axis=0, ddof=1) / n, np.var(Y, axis=0, ddof=1) / m
    t = (Y.mean(axis=0) - X.mean(axis=0)) / np.sqrt(a + b)
    a, b = a / (a + b), b / (a + b)
    df = 1 / (a**2 / (n - 1) + b**2 / (m - 1))
    p = 2 * student_cdf(-np.abs(t), df)
    return t, df, p


# %% wrong: the size of t
# hint: only p asks for |t|
def welch(X, Y):
    n, m = len(X), len(Y)
    a, b = np.var(X, axis=0, ddof=1) / n, np.var(Y, axis=0, ddof=1) / m
    t = (X.mean(axis=0) - Y.mean(axis=0)) / np.sqrt(a + b)
    a, b = a / (a + b), b / (a + b)
    df = 1 / (a**2 / (n - 1) + b**2 / (m - 1))
    p = 2 * student_cdf(-np.abs(t), df)
    return np.abs(t), df, p


# %% wrong: one test for the whole table
# hint: one test for each column
def welch(X, Y):
    a, b = X.var(ddof=1) / X.size, Y.var(ddof=1) / Y.size
    t = (X.mean() - Y.mean()) / np.sqrt(a + b)
    df = (a + b) ** 2 / (a**2 / (X.size - 1) + b**2 / (Y.size - 1))
    return t, df, 2 * student_cdf(-abs(t), df)


# %% wrong: degrees of freedom of the pooled test
# hint: n + m − 2 belongs to the pooled test
def welch(X, Y):
    n, m = len(X), len(Y)
    a, b = np.var(X, axis=0, ddof=1) / n, np.var(Y, axis=0, ddof=1) / m
    t = (X.mean(axis=0) - Y.mean(axis=0)) / np.sqrt(a + b)
    a, b = a / (a + b), b / (a + b)
    df = np.full(len(t), n + m - 2)
    p = 2 * student_cdf(-np.abs(t), df)
    return t, df, p


# %% wrong: n and m below the fraction
# hint: below the fraction stand n − 1 and m − 1
def welch(X, Y):
    n, m = len(X), len(Y)
    a, b = np.var(X, axis=0, ddof=1) / n, np.var(Y, axis=0, ddof=1) / m
    t = (X.mean(axis=0) - Y.mean(axis=0)) / np.sqrt(a + b)
    a, b = a / (a + b), b / (a + b)
    df = 1 / (a**2 / n + b**2 / m)
    p = 2 * student_cdf(-np.abs(t), df)
    return t, df, p


# %% wrong: nothing squared
# hint: a and b are squared, above the fraction and below
def welch(X, Y):
    n, m = len(X), len(Y)
    a, b = np.var(X, axis=0, ddof=1) / n, np.var(Y, axis=0, ddof=1) / m
    t = (X.mean(axis=0) - Y.mean(axis=0)) / np.sqrt(a + b)
    a, b = a / (a + b), b / (a + b)
    df = 1 / (a / (n - 1) + b / (m - 1))
    p = 2 * student_cdf(-np.abs(t), df)
    return t, df, p


# %% wrong: a + b not squared
# hint: a + b is squared, too
def welch(X, Y):
    n, m = len(X), len(Y)
    a, b = np.var(X, axis=0, ddof=1) / n, np.var(Y, axis=0, ddof=1) / m
    t = (X.mean(axis=0) - Y.mean(axis=0)) / np.sqrt(a + b)
    df = (a + b) / (a**2 / (n - 1) + b**2 / (m - 1))
    p = 2 * student_cdf(-np.abs(t), df)
    return t, df, p


# %% wrong: degrees of freedom from the variances
# hint: a and b are the variances divided by the sizes
def welch(X, Y):
    n, m = len(X), len(Y)
    a, b = np.var(X, axis=0, ddof=1) / n, np.var(Y, axis=0, ddof=1) / m
    t = (X.mean(axis=0) - Y.mean(axis=0)) / np.sqrt(a + b)
    a, b = n * a / (n * a + m * b), m * b / (n * a + m * b)
    df = 1 / (a**2 / (n - 1) + b**2 / (m - 1))
    p = 2 * student_cdf(-np.abs(t), df)
    return t, df, p


# %% wrong: the smaller sample decides
# hint: the smaller of n − 1 and m − 1 is a safe guess
def welch(X, Y):
    n, m = len(X), len(Y)
    a, b = np.var(X, axis=0, ddof=1) / n, np.var(Y, axis=0, ddof=1) / m
    t = (X.mean(axis=0) - Y.mean(axis=0)) / np.sqrt(a + b)
    a, b = a / (a + b), b / (a + b)
    df = np.full(len(t), min(n, m) - 1)
    p = 2 * student_cdf(-np.abs(t), df)
    return t, df, p


# %% wrong: rounded
# hint: do not round
def welch(X, Y):
    n, m = len(X), len(Y)
    a, b = np.var(X, axis=0, ddof=1) / n, np.var(Y, axis=0, ddof=1) / m
    t = (X.mean(axis=0) - Y.mean(axis=0)) / np.sqrt(a + b)
    a, b = a / (a + b), b / (a + b)
    df = 1 / (a**2 / (n - 1) + b**2 / (m - 1))
    p = 2 * student_cdf(-np.abs(t), df)
    return t, df.round(), p


# %% wrong: cut off
# hint: do not cut them off
def welch(X, Y):
    n, m = len(X), len(Y)
    a, b = np.var(X, axis=0, ddof=1) / n, np.var(Y, axis=0, ddof=1) / m
    t = (X.mean(axis=0) - Y.mean(axis=0)) / np.sqrt(a + b)
    a, b = a / (a + b), b / (a + b)
    df = 1 / (a**2 / (n - 1) + b**2 / (m - 1))
    p = 2 * student_cdf(-np.abs(t), df)
    return t, df.astype(int), p


# %% wrong: the fourth power of an error
# hint: divide a and b by a + b before you square
def welch(X, Y):
    n, m = len(X), len(Y)
    a, b = np.var(X, axis=0, ddof=1) / n, np.var(Y, axis=0, ddof=1) / m
    t = (X.mean(axis=0) - Y.mean(axis=0)) / np.sqrt(a + b)
    df = (a + b) ** 2 / (a**2 / (n - 1) + b**2 / (m - 1))
    p = 2 * student_cdf(-np.abs(t), df)
    return t, df, p


# %% wrong: divides by each variance
# hint: one group does not vary here
def welch(X, Y):
    n, m = len(X), len(Y)
    a, b = np.var(X, axis=0, ddof=1) / n, np.var(Y, axis=0, ddof=1) / m
    t = (X.mean(axis=0) - Y.mean(axis=0)) / np.sqrt(a + b)
    a, b = 1 / (1 + b / a), 1 / (1 + a / b)
    df = np.where((a == 0) | (b == 0), np.nan, 1) / (a**2 / (n - 1) + b**2 / (m - 1))
    p = 2 * student_cdf(-np.abs(t), df)
    return t, df, p


# %% wrong: one tail
# hint: one tail only
def welch(X, Y):
    n, m = len(X), len(Y)
    a, b = np.var(X, axis=0, ddof=1) / n, np.var(Y, axis=0, ddof=1) / m
    t = (X.mean(axis=0) - Y.mean(axis=0)) / np.sqrt(a + b)
    a, b = a / (a + b), b / (a + b)
    df = 1 / (a**2 / (n - 1) + b**2 / (m - 1))
    p = student_cdf(-np.abs(t), df)
    return t, df, p


# %% wrong: the middle
# hint: that is P(|T| ≤ |t|)
def welch(X, Y):
    n, m = len(X), len(Y)
    a, b = np.var(X, axis=0, ddof=1) / n, np.var(Y, axis=0, ddof=1) / m
    t = (X.mean(axis=0) - Y.mean(axis=0)) / np.sqrt(a + b)
    a, b = a / (a + b), b / (a + b)
    df = 1 / (a**2 / (n - 1) + b**2 / (m - 1))
    p = 1 - 2 * student_cdf(-np.abs(t), df)
    return t, df, p


# %% wrong: the probability below
# hint: and not beyond it
def welch(X, Y):
    n, m = len(X), len(Y)
    a, b = np.var(X, axis=0, ddof=1) / n, np.var(Y, axis=0, ddof=1) / m
    t = (X.mean(axis=0) - Y.mean(axis=0)) / np.sqrt(a + b)
    a, b = a / (a + b), b / (a + b)
    df = 1 / (a**2 / (n - 1) + b**2 / (m - 1))
    p = student_cdf(t, df)
    return t, df, p


# %% wrong: twice the probability below
# hint: but a probability is at most 1
def welch(X, Y):
    n, m = len(X), len(Y)
    a, b = np.var(X, axis=0, ddof=1) / n, np.var(Y, axis=0, ddof=1) / m
    t = (X.mean(axis=0) - Y.mean(axis=0)) / np.sqrt(a + b)
    a, b = a / (a + b), b / (a + b)
    df = 1 / (a**2 / (n - 1) + b**2 / (m - 1))
    p = 2 * student_cdf(t, df)
    return t, df, p


# %% wrong: the upper tail of a t below 0
# hint: p is above 1 when t is negative
def welch(X, Y):
    n, m = len(X), len(Y)
    a, b = np.var(X, axis=0, ddof=1) / n, np.var(Y, axis=0, ddof=1) / m
    t = (X.mean(axis=0) - Y.mean(axis=0)) / np.sqrt(a + b)
    a, b = a / (a + b), b / (a + b)
    df = 1 / (a**2 / (n - 1) + b**2 / (m - 1))
    p = 2 * (1 - student_cdf(t, df))
    return t, df, p


# %% wrong: 1 − what is nearly 1
# hint: 1 − P(T ≤ |t|) rounds to 0
def welch(X, Y):
    n, m = len(X), len(Y)
    a, b = np.var(X, axis=0, ddof=1) / n, np.var(Y, axis=0, ddof=1) / m
    t = (X.mean(axis=0) - Y.mean(axis=0)) / np.sqrt(a + b)
    a, b = a / (a + b), b / (a + b)
    df = 1 / (a**2 / (n - 1) + b**2 / (m - 1))
    p = 2 * (1 - student_cdf(np.abs(t), df))
    return t, df, p


# %% wrong: centres X and Y themselves
# hint: is right, but the call changes its
def welch(X, Y):
    n, m = len(X), len(Y)
    difference = X.mean(axis=0) - Y.mean(axis=0)
    X -= X.mean(axis=0)
    Y -= Y.mean(axis=0)
    a, b = np.sum(X**2, axis=0) / (n - 1) / n, np.sum(Y**2, axis=0) / (m - 1) / m
    t, part = difference / np.sqrt(a + b), a / (a + b)
    df = 1 / (part**2 / (n - 1) + (1 - part) ** 2 / (m - 1))
    return t, df, 2 * student_cdf(-np.abs(t), df)


# %% wrong: hard-coded
# hint: nine patients against fifteen
def welch(X, Y):
    t, df = np.array([-1.8371173070873836, 3.360672201874]), np.array([4.8, 3.6705607476635516])
    return t, df, 2 * student_cdf(-np.abs(t), df)


# %% wrong: unanswered
# hint: not answered yet
def welch(X, Y):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's t-test, imported
# hint: uses mathml.statistics
from mathml.statistics import t_test_two


def welch(X, Y):
    results = [t_test_two(x, y) for x, y in zip(X.T, Y.T)]
    return [r.statistic for r in results], [r.df for r in results], [r.p_value for r in results]


# %% paste: mathml's t-test, its source, for one column
# hint: the variances 4 and 12 against 16/3 and 20/3
import math


def welch(x, y, equal_variance=False):
    of_x, of_y = np.std(x, ddof=1) / math.sqrt(len(x)), np.std(y, ddof=1) / math.sqrt(len(y))
    error = math.hypot(of_x, of_y)
    part_x, part_y = (of_x / error) ** 2, (of_y / error) ** 2
    df = 1 / (part_x**2 / (len(x) - 1) + part_y**2 / (len(y) - 1))
    t = (np.mean(x) - np.mean(y)) / error
    return {"test": "Welch's t-test", "t": t, "df": df, "p_value": 2 * (1 - student_cdf(abs(t), df))}


# %% paste: SciPy's
# hint: uses scipy.stats
from scipy.stats import ttest_ind


def welch(X, Y):
    result = ttest_ind(X, Y, equal_var=False)
    return result.statistic, result.df, result.pvalue
