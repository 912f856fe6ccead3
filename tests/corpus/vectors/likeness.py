# %% right: a loop over pictures, as a list
def likeness(photo, pictures):
    scores = []
    for picture in pictures:
        x, y = photo - np.mean(photo), picture - np.mean(picture)
        length = (x @ x) ** 0.5 * (y @ y) ** 0.5
        scores.append(x @ y / length if length > 0 else 0)
    return scores


# %% right: NumPy's correlation coefficient
def likeness(photo, pictures):
    return np.array([0 if np.ptp(photo) == 0 or np.ptp(y) == 0 else np.corrcoef(photo, y)[0, 1] for y in pictures])


# %% right: unit vectors first, then half of their squared distance
def likeness(photo, pictures):
    def unit(x):
        x = x - x.mean()
        length = np.sqrt(np.sum(x**2))
        return x / length if length > 0 else x

    u = unit(photo)
    scores = [1 - np.sum((u - unit(y)) ** 2) / 2 if u.any() and unit(y).any() else 0 for y in pictures]
    return np.array(scores)


# %% wrong: way A, the dot product
# hint: the brightest picture has won
def likeness(photo, pictures):
    return pictures @ photo


# %% wrong: way B, the distance
# hint: the picture in the most similar light has won
def likeness(photo, pictures):
    return -np.sqrt(np.sum((pictures - photo) ** 2, axis=1))


# %% wrong: the covariance
# hint: the means are gone, but the lengths still count
def likeness(photo, pictures):
    return (pictures - pictures.mean(axis=1, keepdims=True)) @ (photo - photo.mean())


# %% wrong: the mean pixel of the catalogue
# hint: take the mean of each picture, not of each pixel
def likeness(photo, pictures):
    mean = pictures.mean(axis=0)
    P, p = pictures - mean, photo - mean
    return P @ p / np.sqrt(np.sum(P**2, axis=1) * (p @ p))


# %% wrong: the photograph keeps its brightness
# hint: the photograph must lose its own mean, too
def likeness(photo, pictures):
    P = pictures - pictures.mean(axis=1, keepdims=True)
    lengths = np.sqrt(np.sum(P**2, axis=1) * (photo @ photo))
    return P @ photo / np.where(lengths > 0, lengths, 1)


# %% wrong: 0/0 for an even picture
# hint: an even picture has length 0 without its mean
def likeness(photo, pictures):
    p = photo - photo.mean()
    P = pictures - pictures.mean(axis=1, keepdims=True)
    return P @ p / np.sqrt(np.sum(P**2, axis=1) * (p @ p))


# %% wrong: forgets that the photograph may be even
# hint: the photograph itself is even
def likeness(photo, pictures):
    p = photo - photo.mean()
    P = pictures - pictures.mean(axis=1, keepdims=True)
    lengths = np.sqrt(np.sum(P**2, axis=1))
    return P @ p / np.where(lengths > 0, lengths, 1) / np.sqrt(p @ p)


# %% wrong: unanswered
# hint: is not answered yet
def likeness(photo, pictures):
    raise NotImplementedError("not answered yet")


# %% paste: mathml's cosine_similarity, its source
# hint: g does not matter, but c still does
def likeness(photo, pictures):
    def unit(x):
        ratios = x / np.abs(x).max()
        return ratios / np.sqrt(np.sum(ratios * ratios))

    return [np.sum(unit(picture) * unit(photo)) for picture in pictures]


# %% paste: mathml's cosine_similarity, imported
# hint: uses mathml.vectors
from mathml import vectors as v


def likeness(photo, pictures):
    return [
        v.cosine_similarity(photo - photo.mean(), y - y.mean()) if np.ptp(y) * np.ptp(photo) else 0 for y in pictures
    ]
