from cli.main import main


def test_the_table_is_printed(capsys):
    assert main(["b", "a b"]) == 0
    assert capsys.readouterr().out == "   2  b\n   1  a\n"


def test_no_argument_is_an_error(capsys):
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
