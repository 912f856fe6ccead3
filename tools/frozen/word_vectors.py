"""Make mathml/data/word_vectors.npz: skip-gram with negative sampling on our corpus, both sides of it.

    python -m tools.frozen.word_vectors

Needs gensim, which is no part of the course: run it in an environment of its own, with NumPy and this repository
on the path. Made with Python 3.11.7, gensim 4.4.0, NumPy 2.4.6; the file holds the versions that it was made with.
One worker and one seed: on one machine the numbers come out the same each time, on another the last digits may differ.

Mikolov et al. (2013), Distributed Representations of Words and Phrases and their Compositionality, equation 4.
"""

from pathlib import Path

import numpy as np

from mathml.datasets import load_sentences

WORD_VECTORS = Path(__file__).parents[2] / "mathml" / "data" / "word_vectors.npz"


def main() -> None:
    import gensim  # type: ignore[import-not-found]

    model = gensim.models.Word2Vec(
        load_sentences(),
        sg=1,
        hs=0,
        negative=5,
        vector_size=28,
        window=5,
        min_count=6,
        sample=3e-4,
        alpha=0.03,
        epochs=120,
        seed=3,
        workers=1,
    )
    np.savez_compressed(
        WORD_VECTORS,
        words=np.array(model.wv.index_to_key),
        counts=np.array([model.wv.get_vecattr(word, "count") for word in model.wv.index_to_key], dtype=np.int32),
        vectors=model.wv.vectors.astype(np.float32),
        contexts=model.syn1neg.astype(np.float32),
        made_with=np.array([f"gensim {gensim.__version__}", f"numpy {np.__version__}"]),
    )


if __name__ == "__main__":
    main()
