"""What each algorithm from scratch costs beside the library that its users would pick.

    make bench-algorithms                                               the whole table; fails where a target is missed
    python -m benchmarks.algorithms --only k-means PCA --sizes 200 2000   a part of it

Both learn from the same examples with the same settings, then answer for all of them, in turns and on one thread; times
are the processor's, and the quickest of some rounds counts. A target is the largest ratio to the library's time to
learn that is wanted, at every size up to 2,000; where it is known to be out of reach, the row says why, and another
ratio is accepted. Memory is by how much a process grew at its largest while it learnt
from the most examples, each in a process of its own. That the results agree is for the tests to show.

The examples are real ones, drawn again and again with a little noise until there are n. Libraries that the course does
not install (PyTorch, umap-learn, gensim) take part where they are found.
"""

import argparse
import importlib.util
import math
import sys
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn import cluster, datasets, decomposition, ensemble, linear_model, manifold, mixture, naive_bayes, svm, tree
from sklearn.neighbors import NearestNeighbors as TheirNeighbors
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from benchmarks import peers
from benchmarks.measuring import Way, exponent, memory, print_memory, quickest, settle
from mathml.algorithms.cnn import CNN
from mathml.algorithms.dbscan import DBSCAN
from mathml.algorithms.decision_tree import DecisionTree
from mathml.algorithms.gmm import GMM
from mathml.algorithms.gradient_boosting import GradientBoosting
from mathml.algorithms.kmeans import KMeans
from mathml.algorithms.lasso import Lasso
from mathml.algorithms.linear_regression import LinearRegression
from mathml.algorithms.logistic_regression import LogisticRegression
from mathml.algorithms.mlp import MLP
from mathml.algorithms.naive_bayes import NaiveBayes
from mathml.algorithms.nearest_neighbors import NearestNeighbors
from mathml.algorithms.pca import PCA
from mathml.algorithms.random_forest import RandomForest
from mathml.algorithms.recommender import Recommender
from mathml.algorithms.ridge import Ridge
from mathml.algorithms.spectral_clustering import SpectralClustering
from mathml.algorithms.svm import SVM
from mathml.algorithms.transformer_classifier import TransformerClassifier
from mathml.algorithms.tsne import TSNE
from mathml.algorithms.umap import UMAP
from mathml.algorithms.word2vec import Word2Vec
from mathml.datasets import load_sentences

SIZES = [200, 2000, 20_000]
ROUNDS = 3
JUDGED = 2000  # the largest size at which the target counts
FEW = 100  # examples to warm up with

Examples = tuple[Any, ...]  # what `fit` is given
Maker = Callable[[], Any]
Times = dict[str, float]  # seconds, of "ours" and "theirs"


# --- examples -------------------------------------------------------------------------------------


def drawn(name: str, n: int) -> Examples:
    """n rows of a data set, in units of each feature's deviation, with noise of a tenth of that; and what they are."""
    data, rng = getattr(datasets, f"load_{name}")(), np.random.default_rng(n)
    X, rows = data.data, rng.integers(len(data.data), size=n)
    spread = np.where(X.std(axis=0) > 0, X.std(axis=0), 1)
    return ((X - X.mean(axis=0)) / spread)[rows] + rng.normal(scale=0.1, size=(n, X.shape[1])), data.target[rows]


def digits(n: int) -> Examples:
    """n images of 64 pixels between 0 and 1, with noise of one grey level; and what they show."""
    data, rng = datasets.load_digits(), np.random.default_rng(n)
    rows = rng.integers(len(data.data), size=n)
    return (data.data[rows] + rng.normal(size=(n, 64))) / 16, data.target[rows]


def images(n: int) -> Examples:
    X, y = digits(n)
    return X.reshape(-1, 8, 8), y


def odd_or_even(n: int) -> Examples:
    X, y = digits(n)
    return X, y % 2


def moons(n: int) -> Examples:
    return datasets.make_moons(n, noise=0.05, random_state=n)[:1]  # type: ignore[no-any-return]


def table(n: int) -> Examples:
    """n images of which three pixels in ten are missing."""
    X, _ = digits(n)
    return (np.where(np.random.default_rng(n).random(X.shape) < 0.3, np.nan, X),)


def sentences(n: int) -> Examples:
    told, rng = load_sentences(), np.random.default_rng(n)
    return ([told[i] for i in rng.integers(len(told), size=n)],)


def features(examples: Callable[[int], Examples]) -> Callable[[int], Examples]:
    """The same without what they are."""
    return lambda n: examples(n)[:1]


# --- what a fitted model is asked for -------------------------------------------------------------


def predict(model: Any, X: Any) -> Any:
    return model.predict(X)


def transform(model: Any, X: Any) -> Any:
    return model.transform(X)


def neighbors(model: Any, _: Any) -> Any:
    return model.kneighbors()


# --- cases ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """An algorithm of ours and a library's, with the same settings.

    answer : what a fitted model is asked about its examples, if anything
    target : the largest ratio of the times to learn, up to 2,000 examples
    accepted, why : the ratio that is put up with where the target is out of reach, and why it is
    note : why it grows faster than the library's, or holds more
    most : the largest n at which the method makes sense
    needs : the library, if the course does not install it
    """

    examples: Callable[[int], Examples]
    ours: Maker
    theirs: Maker
    answer: Callable[[Any, Any], Any] | None = predict
    target: float = math.inf
    accepted: float = 0.0
    why: str = ""
    note: str = ""
    most: int = 20_000
    needs: str = "sklearn"


_KERNELS = "all n² kernels are held, and their distances; theirs makes each row anew, and keeps some"
NETWORK: dict[str, Any] = {"batch_size": 32, "learning_rate_init": 0.1, "max_iter": 10, "random_state": 0}
GD: dict[str, Any] = {"solver": "sgd", "momentum": 0, "nesterovs_momentum": False, "alpha": 0, "tol": 0}

CASES = {
    "linear regression": Case(
        lambda n: drawn("diabetes", n), LinearRegression, linear_model.LinearRegression, target=1
    ),
    "ridge regression": Case(lambda n: drawn("diabetes", n), Ridge, linear_model.Ridge),
    "lasso": Case(lambda n: drawn("diabetes", n), Lasso, lambda: linear_model.Lasso(tol=1e-8)),
    "logistic regression": Case(
        lambda n: drawn("breast_cancer", n),
        LogisticRegression,
        lambda: linear_model.LogisticRegression(tol=1e-8, max_iter=10_000),
        target=1,
        accepted=2,
        why="Newton's few steps each factor a matrix column by column, in Python; their many steps are in C",
    ),
    "softmax regression": Case(
        lambda n: drawn("iris", n),
        LogisticRegression,
        lambda: linear_model.LogisticRegression(tol=1e-8, max_iter=10_000),
        target=1,
        accepted=2,
        why="Newton's few steps each factor a matrix column by column, in Python; their many steps are in C",
    ),
    "nearest neighbours": Case(
        features(digits),
        lambda: NearestNeighbors(15),
        lambda: TheirNeighbors(n_neighbors=15),
        neighbors,
    ),
    "k-means": Case(
        features(digits),
        lambda: KMeans(10, rng=0),
        lambda: cluster.KMeans(10, n_init=10, random_state=0),
        target=1,
    ),
    "DBSCAN": Case(
        features(lambda n: drawn("iris", n)),
        lambda: DBSCAN(0.3),
        lambda: cluster.DBSCAN(eps=0.3),
        None,
        target=1,
        note="all n² pairs are looked at, by matrix products; theirs asks a tree",
    ),
    "GMM": Case(
        features(lambda n: drawn("iris", n)),
        lambda: GMM(3, rng=0),
        lambda: mixture.GaussianMixture(3, random_state=0),
        target=1,
        accepted=2,
        why="of 200 flowers a round costs more in calls of NumPy than in arithmetic",
    ),
    "spectral clustering": Case(
        moons,
        lambda: SpectralClustering(2, gamma=30, rng=0),
        lambda: cluster.SpectralClustering(2, gamma=30, random_state=0),
        None,
        note="all eigenvectors of the n × n matrix, by rotations; theirs finds two, by ARPACK",
        most=200,
    ),
    "PCA, eigh": Case(features(digits), lambda: PCA(solver="eigh"), decomposition.PCA, transform, target=20),
    "PCA, svd": Case(features(digits), PCA, lambda: decomposition.PCA(svd_solver="full"), transform, target=20),
    "recommender": Case(table, lambda: Recommender(8), lambda: peers.Surprise(8), None, most=2000, needs="surprise"),
    "naive Bayes": Case(digits, NaiveBayes, naive_bayes.GaussianNB, target=1),
    "SVM, linear": Case(
        odd_or_even,
        lambda: SVM("linear", tol=1e-3),
        lambda: svm.SVC(kernel="linear", tol=1e-3),
        target=5,
        note=_KERNELS,
        most=2000,
    ),
    "SVM, rbf": Case(
        odd_or_even, lambda: SVM("rbf", tol=1e-3), lambda: svm.SVC(tol=1e-3), target=5, note=_KERNELS, most=2000
    ),
    "decision tree": Case(
        digits, DecisionTree, lambda: tree.DecisionTreeClassifier(criterion="entropy", random_state=0), target=5
    ),
    "random forest": Case(
        digits,
        lambda: RandomForest(rng=0),
        lambda: ensemble.RandomForestClassifier(criterion="entropy", random_state=0),
        target=5,
    ),
    "gradient boosting": Case(
        digits,
        lambda: GradientBoosting(n_estimators=10),
        lambda: ensemble.GradientBoostingClassifier(n_estimators=10, random_state=0),
        target=10,
    ),
    "t-SNE": Case(
        features(digits),
        TSNE,
        lambda: manifold.TSNE(init="pca", learning_rate="auto"),
        None,
        target=5,
        note="exact: all n² pairs push each other; theirs lumps far ones together (Barnes and Hut)",
        most=2000,
    ),
    "UMAP": Case(features(digits), lambda: UMAP(rng=0), peers.umap, None, target=5, needs="umap"),
    "word2vec": Case(
        sentences,
        lambda: Word2Vec(epochs=5, rng=0),
        lambda: peers.Gensim(epochs=5),
        None,
        target=10,
        needs="gensim",
    ),
    "MLP": Case(
        digits,
        lambda: MLP((64,), activation="relu", loss="cross-entropy", batch_size=32, epochs=10, rng=0),
        lambda: MLPClassifier((64,), **NETWORK, **GD),
    ),
    "CNN": Case(
        images, lambda: CNN(batch_size=32, epochs=3, rng=0), lambda: peers.cnn(epochs=3), target=10, needs="torch"
    ),
    "transformer": Case(
        images,
        lambda: TransformerClassifier(epochs=3, rng=0),
        lambda: peers.transformer(epochs=3),
        needs="torch",
    ),
}


# --- measure --------------------------------------------------------------------------------------


def measure(case: Case, n: int, rounds: int) -> tuple[Times, Times]:
    """What it takes to learn from n examples, and to answer for all of them, once it has learnt from a few."""
    few, examples = case.examples(FEW), case.examples(n)
    makers = {"ours": case.ours, "theirs": case.theirs}
    for make in makers.values():
        learning(make, few)()  # a library may import and compile what it needs when it is first used
    learn = quickest({whose: learning(make, examples) for whose, make in makers.items()}, rounds)
    if case.answer is None:
        return learn, dict.fromkeys(makers, math.nan)
    models = {whose: make().fit(*examples) for whose, make in makers.items()}
    return learn, quickest({whose: answering(case, model, examples) for whose, model in models.items()}, rounds)


def learning(make: Maker, examples: Examples) -> Way:
    return lambda: make().fit(*examples)


def answering(case: Case, model: Any, examples: Examples) -> Way:
    assert case.answer is not None
    answer = case.answer
    return lambda: answer(model, examples[0])


def grow(case: Case, whose: str, n: int) -> None:
    """Print what learning from n examples adds to a process that has learnt from a few."""
    make, few, many = getattr(case, whose), case.examples(FEW), case.examples(n)
    print_memory(learning(make, many), before=learning(make, few))


def expected(found: dict[int, Times], n: int) -> float:
    """The seconds that the slower of the two will take for n, if it goes on as it grew; with one size known, as n²."""
    if not found:
        return 0.0
    *_, last = found
    times = found[last]
    lately = dict([*found.items()][-2:])
    power = max(growth(lately, whose) for whose in times) if len(found) > 1 else 2.0
    return max(times.values()) * (n / last) ** power


def growth(found: dict[int, Times], whose: str) -> float:
    """The p of time = c nᵖ."""
    return exponent([*found], [times[whose] for times in found.values()])


# --- the table ------------------------------------------------------------------------------------


def heading() -> str:
    return f"{'':22}{'n':>6}{'learn ms':>12}{'/ theirs':>10}{'answer ms':>12}{'/ theirs':>10}"


def row(name: str, n: int, learn: Times, answer: Times) -> str:
    cells = "".join(f"{1e3 * times['ours']:12.2f}{times['ours'] / times['theirs']:10.2f}" for times in (learn, answer))
    return f"{name:22}{n:>6}{cells.replace('nan', '  -')}"


def summary(name: str, found: dict[int, Times]) -> str:
    """How the time to learn grew, and the memory at the largest n."""
    n = max(found)
    ours, theirs = (memory("benchmarks.algorithms", "--grow", name, whose, str(n)) for whose in ("ours", "theirs"))
    grew = (
        f"grows as n^{growth(found, 'ours'):.1f} (theirs n^{growth(found, 'theirs'):.1f}); " if len(found) > 1 else ""
    )
    return f"{'':28}{grew}{ours:.0f} MB at n = {n} (theirs {theirs:.0f} MB)"


# --- the command ----------------------------------------------------------------------------------


def run(name: str, sizes: Sequence[int], rounds: int, most: float) -> list[str]:
    """Measure and print one case, and say by how much it misses its target, where it does."""
    case, found, missed = CASES[name], dict[int, Times](), list[str]()
    for n in sizes:
        if n > case.most or expected(found, n) > most:
            break
        print(f"{name}, n = {n} …", end="\r", file=sys.stderr, flush=True)
        found[n], answer = measure(case, n, rounds)
        ratio = found[n]["ours"] / found[n]["theirs"]
        print(row(name if len(found) == 1 else "", n, found[n], answer), flush=True)
        if n > JUDGED or ratio <= case.target:
            continue
        if ratio <= case.accepted:
            print(f"{'':28}instead of {case.target:g}: {case.why}", flush=True)
        else:
            missed.append(f"{name}, n = {n}: {ratio:.2f} times as long as theirs; {case.target:g} is the target")
    print(summary(name, found), flush=True)
    if case.note:
        print(f"{'':28}{case.note}", flush=True)
    return missed


@threadpool_limits.wrap(limits=1)
def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.algorithms",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", nargs="+", choices=CASES, default=[*CASES], metavar="NAME", help="some of the cases")
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, metavar="N", help="numbers of examples, rising")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often they take turns")
    parser.add_argument("--most", type=float, default=100, metavar="SECONDS", help="leave out what takes longer")
    parser.add_argument("--grow", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    warnings.filterwarnings("ignore")  # of steps that did not do, which ours and theirs count alike
    if options.grow:
        name, whose, n = options.grow
        grow(CASES[name], whose, int(n))
        return 0
    if options.sizes != sorted(set(options.sizes)) or options.sizes[0] < FEW or options.rounds < 1:
        parser.error(f"--sizes must rise from {FEW} at least, and --rounds be 1 or more")

    settle()
    missed = list[str]()
    print(heading())
    for name in options.only:
        if importlib.util.find_spec(CASES[name].needs) is None:
            print(f"{name:22}left out: {CASES[name].needs} is not installed")
            continue
        missed += run(name, options.sizes, options.rounds, options.most)
    print("", *missed, sep="\n") if missed else print("All targets are met, or it is said why not.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
