# %% right: column by column
def positions(n, d):
    table, t = np.empty((n, d)), np.arange(n)
    for j in range(d):
        omega = 10_000 ** (-(j - j % 2) / d)
        table[:, j] = np.cos(t * omega) if j % 2 else np.sin(t * omega)
    return table


# %% right: slices
def positions(n, d):
    table = np.zeros((n, d))
    turns = np.outer(np.arange(n), np.exp(-np.log(10_000) * np.arange(0, d, 2) / d))
    table[:, 0::2] = np.sin(turns)
    table[:, 1::2] = np.cos(turns)[:, : d // 2]
    return table


# %% right: complex numbers
def positions(n, d):
    turns = np.arange(n)[:, None] * 10_000.0 ** (-np.arange(0, d, 2) / d)
    circle = np.exp(1j * turns)
    return np.dstack([circle.imag, circle.real]).reshape(n, 2 * turns.shape[1])[:, :d]


# %% wrong: way A
# hint: that is A: at place 100,000 the entries are 100,000
def positions(n, d):
    return np.arange(n)[:, np.newaxis] * np.ones(d)


# %% wrong: way B
# hint: that is B: place 1 gets another vector in a longer text
def positions(n, d):
    return np.arange(n)[:, np.newaxis] / n * np.ones(d)


# %% wrong: way C
# hint: that is C: the next place and one far away have the same dot product, 0, and with place d it ends
def positions(n, d):
    t, j = np.arange(n)[:, np.newaxis], np.arange(d)
    return (t == j) * 1.0


# %% wrong: way E
# hint: that is E: the places 7 and 8 have no bit in common, and 8 and 9 have
def positions(n, d):
    t, j = np.arange(n)[:, np.newaxis], np.arange(d)
    return (t >> j) % 2


# %% wrong: an exponent for each column
# hint: a sine and a cosine share one ω: ⌊j/2⌋
def positions(n, d):
    t, j = np.arange(n)[:, np.newaxis], np.arange(d)
    turns = t * 10_000.0 ** (-2 * j / d)
    return np.where(j % 2 == 0, np.sin(turns), np.cos(turns))


# %% wrong: the 2 forgotten
# hint: the 2 in −2 ⌊j/2⌋ / d is missing: the columns turn too quickly
def positions(n, d):
    t, j = np.arange(n)[:, np.newaxis], np.arange(d)
    turns = t * 10_000.0 ** (-(j // 2) / d)
    return np.where(j % 2 == 0, np.sin(turns), np.cos(turns))


# %% wrong: multiplied by the power
# hint: a negative exponent: later columns turn more slowly, not more quickly
def positions(n, d):
    t, j = np.arange(n)[:, np.newaxis], np.arange(d)
    turns = t * 10_000.0 ** (2 * (j // 2) / d)
    return np.where(j % 2 == 0, np.sin(turns), np.cos(turns))


# %% wrong: another base
# hint: the base is 10,000
def positions(n, d):
    t, j = np.arange(n)[:, np.newaxis], np.arange(d)
    turns = t * 1_000.0 ** (-2 * (j // 2) / d)
    return np.where(j % 2 == 0, np.sin(turns), np.cos(turns))


# %% wrong: sine and cosine exchanged
# hint: even columns are sines: place 0 is 0, 1, 0, 1 …
def positions(n, d):
    t, j = np.arange(n)[:, np.newaxis], np.arange(d)
    turns = t * 10_000.0 ** (-2 * (j // 2) / d)
    return np.where(j % 2, np.sin(turns), np.cos(turns))


# %% wrong: halves
# hint: sines and cosines take turns, column by column: here the sines come first, then the cosines
def positions(n, d):
    t, j = np.arange(n)[:, np.newaxis], np.arange(d)
    turns = t * 10_000.0 ** (-2 * (j % ((d + 1) // 2)) / d)
    return np.where(j < (d + 1) // 2, np.sin(turns), np.cos(turns))


# %% wrong: only sines
# hint: a sine alone cannot tell the distance: odd columns are cosines
def positions(n, d):
    t, j = np.arange(n)[:, np.newaxis], np.arange(d)
    turns = t * 10_000.0 ** (-2 * (j // 2) / d)
    return np.sin(turns)


# %% wrong: from 1 on
# hint: the first place is t = 0
def positions(n, d):
    t, j = np.arange(n)[:, np.newaxis], np.arange(d)
    turns = (t + 1) * 10_000.0 ** (-2 * (j // 2) / d)
    return np.where(j % 2 == 0, np.sin(turns), np.cos(turns))


# %% wrong: divided by n
# hint: the place is t, not t / n: it must not depend on how long the text is
def positions(n, d):
    t, j = np.arange(n)[:, np.newaxis], np.arange(d)
    turns = t / n * 10_000.0 ** (-2 * (j // 2) / d)
    return np.where(j % 2 == 0, np.sin(turns), np.cos(turns))


# %% wrong: degrees
# hint: the angle is in radians
def positions(n, d):
    t, j = np.arange(n)[:, np.newaxis], np.arange(d)
    turns = np.pi / 180 * t * 10_000.0 ** (-2 * (j // 2) / d)
    return np.where(j % 2 == 0, np.sin(turns), np.cos(turns))


# %% wrong: whole turns
# hint: the angle is t ω, without 2π
def positions(n, d):
    t, j = np.arange(n)[:, np.newaxis], np.arange(d)
    turns = 2 * np.pi * t * 10_000.0 ** (-2 * (j // 2) / d)
    return np.where(j % 2 == 0, np.sin(turns), np.cos(turns))


# %% wrong: columns are places
# hint: a row for each place: this is the table on its side
def positions(n, d):
    t, j = np.arange(n)[:, np.newaxis], np.arange(d)
    turns = t * 10_000.0 ** (-2 * (j // 2) / d)
    return np.where(j % 2 == 0, np.sin(turns), np.cos(turns)).T


# %% wrong: d rounded up
# hint: with an odd d the exponent still has d under the line, not d + 1
def positions(n, d):
    t, j = np.arange(n)[:, np.newaxis], np.arange(d)
    turns = t * 10_000.0 ** (-2 * (j // 2) / (d + d % 2))
    return np.where(j % 2 == 0, np.sin(turns), np.cos(turns))


# %% wrong: d rounded down
# hint: with d = 3 there is a third column: a sine without its cosine
def positions(n, d):
    t, j = np.arange(n)[:, np.newaxis], np.arange(d - d % 2)
    turns = t * 10_000.0 ** (-2 * (j // 2) / d)
    return np.where(j % 2 == 0, np.sin(turns), np.cos(turns))


# %% wrong: a last column of zeros
# hint: the last column of an odd d is not empty: it is a sine
def positions(n, d):
    t, j = np.arange(n)[:, np.newaxis], np.arange(d)
    turns = t * 10_000.0 ** (-2 * (j // 2) / d)
    table = np.where(j % 2 == 0, np.sin(turns), np.cos(turns))
    table[:, d - d % 2 :] = 0
    return table


# %% wrong: unit rows
# hint: these rows have length 1: leave the entries as they are
def positions(n, d):
    t, j = np.arange(n)[:, np.newaxis], np.arange(d)
    turns = t * 10_000.0 ** (-2 * (j // 2) / d)
    table = np.where(j % 2 == 0, np.sin(turns), np.cos(turns))
    return table / np.linalg.norm(table, axis=1, keepdims=True)


# %% wrong: none without a place
# hint: a table without rows
def positions(n, d):
    t, j = np.arange(n)[:, np.newaxis], np.arange(d)
    if n == 0:
        return np.empty(0)
    turns = t * 10_000.0 ** (-2 * (j // 2) / d)
    return np.where(j % 2 == 0, np.sin(turns), np.cos(turns))


# %% wrong: in single precision
# hint: a place far away
def positions(n, d):
    t, j = np.arange(n)[:, np.newaxis], np.arange(d)
    turns = t.astype(np.float32) * (10_000.0 ** (-2 * (j // 2) / d)).astype(np.float32)
    return 1.0 * np.where(j % 2 == 0, np.sin(turns), np.cos(turns)).astype(float)


# %% wrong: hard-coded
# hint: the nearer, the larger
def positions(n, d):
    if n > 5:
        return np.array([[0, 1.0], [0.8, 0.6]])[np.arange(n) % 2][:, np.arange(d) % 2]
    if d == 4:
        return [
            [0, 1, 0, 1],
            [np.sin(1), np.cos(1), np.sin(0.01), np.cos(0.01)],
            [np.sin(2), np.cos(2), np.sin(0.02), np.cos(0.02)],
        ][:n]
    return [[0, 1, 0], [np.sin(1), np.cos(1), np.sin(10_000 ** (-2 / 3))]]


# %% wrong: unanswered
# hint: not answered yet
def positions(n, d):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's positions, imported
# hint: uses mathml.attention
from mathml.attention import sinusoidal_positions


def positions(n, d):
    return sinusoidal_positions(n, d)


# %% paste: mathml's positions, from the setup cell
# hint: positions = ready.
positions = ready.sinusoidal_positions
