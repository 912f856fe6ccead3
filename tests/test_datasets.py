"""The stored data is what its scripts say, and shows what the lessons show with it."""

import importlib
from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.datasets import load_digits
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.manifold import trustworthiness
from sklearn.metrics import pairwise_distances

from mathml import datasets
from mathml.vectors import normalize_rows
from tools.frozen import corpus
from tools.frozen.planted import ANALOGIES, GROUPS

# --- the corpus -----------------------------------------------------------------------------------


def test_corpus_is_what_its_grammar_tells():
    assert datasets.load_corpus() == corpus.make()


def test_another_seed_tells_other_stories():
    assert corpus.make(seed=corpus.SEED + 1) != datasets.load_corpus()


def test_corpus_is_plain_english_of_the_promised_size():
    text = datasets.load_corpus()
    assert 60_000 < len(text) < 150_000
    assert text.isascii()
    assert not set("{}[]|_") & set(text)
    assert "  " not in text


def test_documents_are_short_stories_eleven_on_each_of_ten_topics():
    documents = datasets.load_documents()
    assert set(Counter(documents.topics).values()) == {11}
    assert len(set(documents.titles)) == len(documents.texts) == 110
    lengths = [len(datasets.tokenize(text)) for text in documents.texts]
    assert 60 <= min(lengths) < max(lengths) / 5 <= 120


def test_documents_hold_all_of_the_corpus_but_its_titles():
    body = "\n".join(line for line in datasets.load_corpus().splitlines() if not line.startswith("#"))
    assert " ".join(datasets.load_documents().texts).split() == body.split()


def test_sentences_are_the_words_of_the_documents_in_order():
    together = [word for sentence in datasets.load_sentences() for word in sentence]
    assert together == datasets.tokenize(" ".join(datasets.load_documents().texts))


def test_few_sentences_are_told_twice():
    sentences = [" ".join(words) for words in datasets.load_sentences()]
    assert len(set(sentences)) > 0.85 * len(sentences)


def retrieved(metric, stop_words):
    """The share of documents whose nearest other document is on their topic."""
    documents = datasets.load_documents()
    counts = CountVectorizer(stop_words=stop_words).fit_transform(documents.texts).toarray().astype(float)
    away = -counts @ counts.T if metric == "dot" else pairwise_distances(counts, metric=metric)
    np.fill_diagonal(away, np.inf)
    topics = np.array(documents.topics)
    return np.mean(topics[away.argmin(axis=1)] == topics)


def test_cosine_finds_the_topic_of_a_document_and_the_raw_dot_product_finds_the_longest_document():
    assert retrieved("cosine", None) > 0.93
    assert 0.75 < retrieved("euclidean", None) < 0.9
    assert retrieved("dot", None) < 0.2  # one in ten is chance


def test_without_the_commonest_words_the_dot_product_does_better_and_cosine_still_wins():
    assert retrieved("dot", None) < retrieved("euclidean", "english") < retrieved("cosine", "english")
    assert 0.85 < retrieved("dot", "english") < retrieved("cosine", "english") - 0.02


# --- words ----------------------------------------------------------------------------------------


@given(st.lists(st.text("abcdefgxyz", min_size=1)))
def test_words_joined_by_anything_but_letters_are_found_again(words):
    assert datasets.tokenize(" ".join(words)) == words
    assert datasets.tokenize(" - 7.".join(words).upper()) == words


def test_tokenize_agrees_with_scikit_learn():
    text = datasets.load_documents().texts[0]
    assert datasets.tokenize(text) == CountVectorizer(token_pattern=r"\w+").build_analyzer()(text)


def test_a_text_without_letters_has_no_words():
    assert datasets.tokenize(" 12, 3?") == []


def test_tokenize_says_what_came_instead_of_a_text():
    with pytest.raises(TypeError, match="text must be a string, but list came"):
        datasets.tokenize(["a", "b"])


# --- word vectors ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def stored_words():
    return datasets.load_word_vectors()


def nearest(stored_words, target, leave_out, k=1):
    """The k words whose vectors point most nearly as the target does."""
    closeness = normalize_rows(stored_words.vectors) @ target
    closeness[[stored_words.words.index(word) for word in leave_out]] = -np.inf
    return [stored_words.words[i] for i in np.argsort(-closeness)[:k]]


def test_every_frequent_word_has_a_word_vector_and_a_context_vector(stored_words):
    counts = Counter(word for sentence in datasets.load_sentences() for word in sentence)
    assert dict(zip(stored_words.words, stored_words.counts, strict=True)) == {
        word: n for word, n in counts.items() if n >= 6
    }
    assert stored_words.vectors.shape == stored_words.contexts.shape == (len(stored_words.words), 28)
    assert sorted(stored_words.counts, reverse=True) == list(stored_words.counts)


def test_a_word_is_looked_up_by_its_name(stored_words):
    place = stored_words.words.index("sea")
    assert_array_equal(stored_words.vector("sea"), stored_words.vectors[place])
    assert_array_equal(stored_words.context("sea"), stored_words.contexts[place])


def test_an_unknown_word_is_named(stored_words):
    with pytest.raises(ValueError, match="word must be one of the 733 words, but 'spaceship' came"):
        stored_words.vector("spaceship")


@pytest.mark.parametrize(
    ("group", "least"),
    [
        ("animals", 0.95),
        ("trades", 0.9),
        ("countries", 0.95),
        ("relatives", 0.5),
        ("vegetables", 0.6),
        ("flowers and fruit", 0.5),
        ("instruments", 0.6),
        ("numbers", 0.9),
        ("days", 0.95),
    ],
)
def test_the_nearest_words_are_of_the_same_group(stored_words, group, least):
    words = [word for word in GROUPS[group] if word in stored_words.words]
    shares = [
        np.mean([found in words for found in nearest(stored_words, stored_words.vector(word), [word], k=5)])
        for word in words
    ]
    assert np.mean(shares) > least


def test_the_nearest_words_are_of_the_same_topic(stored_words):
    documents = datasets.load_documents()
    topics_of = defaultdict(Counter)
    for topic, text in zip(documents.topics, documents.texts, strict=True):
        for word in datasets.tokenize(text):
            topics_of[word][topic] += 1
    home = {}  # of the words that stand mostly in stories of one topic
    for word in stored_words.words:
        topic, times = topics_of[word].most_common(1)[0]
        if times >= 0.7 * topics_of[word].total():
            home[word] = topic
    shares = [
        np.mean([home.get(found) == topic for found in nearest(stored_words, stored_words.vector(word), [word], k=5)])
        for word, topic in home.items()
    ]
    by_chance = sum(n**2 for n in Counter(home.values()).values()) / len(home) / len(stored_words.words)
    assert len(home) > 250
    assert by_chance < 0.06
    assert np.mean(shares) > 0.6


@pytest.mark.parametrize(
    ("relation", "least"),
    [
        ("he and she", 0.65),
        ("the young of", 0.9),
        ("the tool of", 0.95),
        ("the capital of", 0.95),
        ("more than one", 0.2),  # the plural is planted, and hardly found
    ],
)
def test_analogies_hold(stored_words, relation, least):
    direction = dict(zip(stored_words.words, normalize_rows(stored_words.vectors), strict=True))
    right = [
        nearest(stored_words, direction[b] - direction[a] + direction[c], [a, b, c]) == [d]
        for a, b, c, d in ANALOGIES[relation]
    ]
    assert np.mean(right) > least


def test_a_neighbour_scores_higher_than_a_stranger(stored_words):
    assert stored_words.vector("smith") @ stored_words.context("hammer") > 0
    assert stored_words.vector("smith") @ stored_words.context("tide") < 0


# --- attention ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def head():
    return datasets.load_tiny_attention()


def test_scores_are_queries_times_keys_over_the_root_of_their_width(head):
    for sentence in head.sentences:
        Q, K = sentence.X @ head.W_Q, sentence.X @ head.W_K
        assert_allclose(Q @ K.T / np.sqrt(head.W_K.shape[1]), sentence.scores, atol=1e-5)


def test_weights_are_the_softmax_of_the_scores_up_to_each_word(head):
    for sentence in head.sentences:
        seen = np.where(np.tri(len(sentence.words)) == 1, np.exp(sentence.scores), 0)
        assert_allclose(seen / seen.sum(axis=1, keepdims=True), sentence.weights, atol=1e-5)


def test_where_his_or_her_comes_next_the_head_looks_at_the_person_and_the_model_guesses_right(head):
    seen = []
    for sentence in head.sentences:
        for i, (guess, following) in enumerate(zip(sentence.guesses, sentence.words[1:], strict=False)):
            if following in {"his", "her", "she"}:
                assert guess == following
                seen.append((sentence.words[i], sentence.words[sentence.weights[i].argmax()]))
    assert seen == [("off", "man"), ("off", "daughter"), ("in", "grandmother"), ("until", "grandmother")]


def test_each_sentence_has_one_row_for_each_word(head):
    assert head.W_Q.shape == head.W_K.shape == head.W_V.shape == (32, 8)
    for sentence in head.sentences:
        n = len(sentence.words)
        assert sentence.words[0] == "<start>"
        assert len(sentence.guesses) == n
        assert sentence.X.shape == (n, 32)
        assert sentence.scores.shape == sentence.weights.shape == (n, n)


# --- maps of the digits ---------------------------------------------------------------------------


@pytest.mark.parametrize(("method", "least"), [("tsne", 0.985), ("umap", 0.98)])
def test_maps_keep_neighbours_together(method, least):
    maps = datasets.load_digit_maps()
    pixels = load_digits().data[maps.indices]
    flat = getattr(maps, method)
    assert flat.shape == (600, 2)
    assert trustworthiness(pixels, flat, n_neighbors=5) > least


def test_maps_show_sixty_digits_of_each_kind():
    maps = datasets.load_digit_maps()
    assert set(Counter(load_digits().target[maps.indices]).values()) == {60}


# --- how it is stored -----------------------------------------------------------------------------

STORED = ("word_vectors", "tiny_attention", "digit_maps", "word_model")


def test_stored_arrays_are_small():
    folder = corpus.CORPUS.parent
    assert sum((folder / f"{name}.npz").stat().st_size for name in STORED) < 300_000


@pytest.mark.parametrize("name", STORED)
def test_stored_arrays_are_plain_and_say_what_made_them(name):
    with np.load(corpus.CORPUS.with_name(f"{name}.npz"), allow_pickle=False) as arrays:
        script = importlib.import_module(f"tools.frozen.{name}")  # without the heavy library that it runs with
        for library, version in (made.split() for made in arrays["made_with"]):
            assert version in script.__doc__, f"{library} {version} made the file, but the docstring names another"
