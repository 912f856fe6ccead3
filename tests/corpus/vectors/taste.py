# %% right: a loop over films
def taste(films, ratings):
    mean = sum(ratings) / len(ratings)
    t = np.zeros(films.shape[1])
    total = 0
    for film, rating in zip(films, ratings):
        t = t + (rating - mean) * film
        total = total + abs(rating - mean)
    return t / total if total > 0 else t


# %% right: centres the films instead of the ratings in the numerator, returns a list
def taste(films, ratings):
    total = np.sum(np.abs(ratings - np.mean(ratings)))
    if total == 0:
        return [0] * films.shape[1]
    return list((films - films.mean(axis=0)).T @ ratings / total)


# %% right: liked minus disliked, in float32
def taste(films, ratings):
    films, ratings = films.astype(np.float32), ratings.astype(np.float32)
    above = np.clip(ratings - ratings.mean(), 0, None)
    below = np.clip(ratings.mean() - ratings, 0, None)
    if not above.any():
        return np.zeros(films.shape[1], dtype=np.float32)
    return (above @ films - below @ films) / (above.sum() + below.sum())


# %% wrong: a weighted average, not centred
# hint: subtract the viewer's own mean
def taste(films, ratings):
    return ratings @ films / np.sum(ratings)


# %% wrong: divides by the number of films
# hint: not by the number of films
def taste(films, ratings):
    return (ratings - ratings.mean()) @ films / len(films)


# %% wrong: does not divide
# hint: the taste must not grow with every film
def taste(films, ratings):
    return (ratings - ratings.mean()) @ films


# %% wrong: divides by the sum of the coefficients
# hint: add up their absolute values
def taste(films, ratings):
    c = ratings - ratings.mean()
    return c @ films / c.sum()


# %% wrong: forgets the viewer without a taste
# hint: 0/0: when all ratings are the same
def taste(films, ratings):
    c = ratings - ratings.mean()
    return c @ films / np.abs(c).sum()


# %% wrong: one zero instead of a vector of zeros
# hint: return the zero vector
def taste(films, ratings):
    c = ratings - ratings.mean()
    total = np.abs(c).sum()
    return c @ films / total if total else 0


# %% wrong: centres the ratings in place
# hint: its second argument
def taste(films, ratings):
    ratings -= ratings.mean()
    return ratings @ films / (np.abs(ratings).sum() or 1)


# %% wrong: unanswered
# hint: not answered yet
def taste(films, ratings):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's linear_combination, its source
# hint: that is the plain linear combination
def taste(films, ratings):
    return np.sum(ratings[:, np.newaxis] * films, axis=0)


# %% paste: mathml's linear_combination, imported
# hint: mathml.vectors
from mathml.vectors import linear_combination


def taste(films, ratings):
    c = ratings - ratings.mean()
    return linear_combination(c, films) / (np.abs(c).sum() or 1)
