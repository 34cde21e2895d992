from core.words import count_words


def test_words_are_counted_whatever_their_case():
    assert count_words("To be or not to be") == {"to": 2, "be": 2, "or": 1, "not": 1}


def test_an_empty_text_has_no_words():
    assert count_words("") == {}
