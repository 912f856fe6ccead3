"""Information: how much is open before one knows, and what a wrong belief costs."""

from mathml.information.entropies import (
    cross_entropy,
    entropy,
    information_gain,
    kl_divergence,
    kl_divergence_of_normals,
    mutual_information,
)
from mathml.information.losses import (
    binary_cross_entropy,
    binary_cross_entropy_from_logits,
    cross_entropy_from_logits,
)

__all__ = [
    "binary_cross_entropy",
    "binary_cross_entropy_from_logits",
    "cross_entropy",
    "cross_entropy_from_logits",
    "entropy",
    "information_gain",
    "kl_divergence",
    "kl_divergence_of_normals",
    "mutual_information",
]
