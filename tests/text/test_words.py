import pytest

from aggregator.text.words import words


@pytest.mark.parametrize(
    "sample", ["short and longer words ", "Übermäßig lange ", "ΑΣ ΒΣΑ ", "日本語の文章 and more ", "한국어 "]
)
@pytest.mark.parametrize("limit", [1, 5, 40])
def test_the_first_words_of_a_long_text_do_not_depend_on_the_rest(sample: str, limit: int) -> None:
    for start in range(len(sample)):
        text = sample[start:] + 99 * sample
        assert words(text, limit) == words(text, 10_000)[:limit]
