"""The picture of a network that learns: what it marks is what the network reads, its curve is the network's loss."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from mathml.algorithms.mlp import MLP
from mathml.figures.digits import digits
from mathml.figures.reading import learning_to_read


@pytest.fixture(scope="module")
def network():
    images, labels = digits()
    return MLP(hidden=(16,), epochs=2, rng=0).fit(images[:1000] / 16, labels[:1000])


def test_the_marked_digits_are_those_that_the_network_reads_as_another(network):
    images, labels = digits()
    read = network.predict(images[1000:1040] / 16)
    picture = learning_to_read().update(epoch=2)
    marked = np.asarray(picture.artist("wrong").get_array())[..., 3].ravel() > 0
    assert_array_equal(marked, read != labels[1000:1040])
    said = [picture.artist(f"guess {k}").get_text() for k in range(40)]
    assert said == [str(digit) if off else "" for digit, off in zip(read, marked, strict=True)]


def test_the_curve_is_the_loss_of_the_network_and_the_words_say_how_well_it_reads(network):
    picture = learning_to_read().update(epoch=2)
    assert_allclose(picture.artist("loss").get_ydata(), network.loss_path_)
    images, labels = digits()
    assert f"reads {network.score(images[1000:] / 16, labels[1000:]):.0%} of" in picture.text


def test_another_network_drives_the_picture():
    def idle(**given):
        return MLP(**given | {"learning_rate": 1e-12})

    losses = learning_to_read(MLP=idle).update(epoch=3).artist("loss").get_ydata()
    assert np.ptp(losses) < 1e-6
