from api.table import render_table


def test_the_most_frequent_word_is_first():
    assert render_table("b a b") == "   2  b\n   1  a"


def test_words_of_equal_count_are_in_order():
    assert render_table("b a") == "   1  a\n   1  b"
